//! Arguments in, exit code out.

use std::process::ExitCode;

use clap::Parser;
use microfiche::cli::{self, Args};

fn main() -> ExitCode {
    match cli::run(Args::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => cli::report_error(&error),
    }
}

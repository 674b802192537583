# What CI runs.
default: check

check: test fmt lint

test:
    cargo test

fmt:
    cargo fmt --check

lint:
    cargo clippy --all-targets -- -D warnings

doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

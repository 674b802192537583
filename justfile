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

# Writes what the program prints anew; read the difference before it is committed.
snapshots:
    INSTA_UPDATE=always cargo test --test it outputs
    UPDATE_README=1 cargo test --test it readme

# Recipes for working on wxsim; `just --list` shows them. Only `cargo test` needs nothing but Rust:
# `test` needs cargo-nextest, `deny` needs cargo-deny.

# Type-check everything.
check:
    cargo check --all-targets

# Run the tests, or those whose name contains PATTERN; nextest skips doc tests, so they follow.
test PATTERN="":
    cargo nextest run {{ PATTERN }}
    cargo test --doc -- {{ PATTERN }}

# Formatting and lints, warnings as errors.
lint:
    cargo fmt --check
    cargo clippy --all-targets -- -D warnings

# Accept new golden output (case traces, snapshots, generated docs); read the diff before you commit.
bless PATTERN="":
    WXSIM_BLESS=1 cargo test --test all -- {{ PATTERN }}
    git diff --stat

# Walk the world with fresh seeds for so many seconds; prints the seed of a failing walk.
soak SECONDS="60":
    WXSIM_SOAK_SECONDS={{ SECONDS }} cargo test --test all properties -- --nocapture

# Licences, advisories, duplicate or unwanted crates.
deny:
    cargo deny check

# Everything a change must pass.
ci: lint test deny
    RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

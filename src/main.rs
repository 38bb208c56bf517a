//! The `wxsim` command.

fn main() -> std::process::ExitCode {
    wxsim::cli::main()
}

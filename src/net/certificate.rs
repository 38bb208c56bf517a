//! A certificate of one's own for the names of WeChat's servers, for clients whose addresses cannot be changed.
//!
//! The authority is made once for a folder, valid for twenty years, and nobody else trusts it. It signs a certificate
//! for the names below and the own machine.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, KeyUsagePurpose,
    date_time_ymd,
};

/// The names that clients of WeChat ask for.
pub const NAMES: &[&str] = &[
    "api.weixin.qq.com",
    "api2.weixin.qq.com",
    "sh.api.weixin.qq.com",
    "sz.api.weixin.qq.com",
    "hk.api.weixin.qq.com",
    "file.api.weixin.qq.com",
    "mp.weixin.qq.com",
    "api.mch.weixin.qq.com",
    "api2.mch.weixin.qq.com",
    "localhost",
    "127.0.0.1",
    "::1",
];

/// The files of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificates {
    /// What clients have to trust.
    pub authority: PathBuf,
    /// What the server shows.
    pub certificate: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// The certificates of a folder, made now when they are not there.
///
/// # Errors
/// The folder cannot be read or written.
#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
pub fn certificates(folder: &Path) -> io::Result<Certificates> {
    let files = Certificates {
        authority: folder.join("ca.pem"),
        certificate: folder.join("server.pem"),
        key: folder.join("server-key.pem"),
    };
    let all = [&files.authority, &files.certificate, &files.key];
    if all.iter().all(|file| file.is_file()) {
        return Ok(files);
    }
    fs::create_dir_all(folder)?;
    let (authority, certificate, key) = made().map_err(io::Error::other)?;
    write_alone(&files.key, &key)?;
    fs::write(&files.certificate, certificate)?;
    fs::write(&files.authority, authority)?;
    Ok(files)
}

/// Writes a file that nobody else on this machine reads.
#[expect(clippy::disallowed_methods, reason = "the user names the folder")]
fn write_alone(file: &Path, text: &str) -> io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.create(true).truncate(true).write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file)?.write_all(text.as_bytes())
}

/// Authority, certificate and key as PEM.
fn made() -> Result<(String, String, String), rcgen::Error> {
    let authority_key = KeyPair::generate()?;
    let mut authority = CertificateParams::new(Vec::new())?;
    authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    authority.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    authority
        .distinguished_name
        .push(DnType::CommonName, "wxsim throw-away authority");
    authority.not_before = date_time_ymd(2024, 1, 1);
    authority.not_after = date_time_ymd(2044, 1, 1);
    let shown = authority.self_signed(&authority_key)?.pem();
    let issuer = Issuer::new(authority, authority_key);
    let key = KeyPair::generate()?;
    let names: Vec<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    let mut server = CertificateParams::new(names)?;
    server
        .distinguished_name
        .push(DnType::CommonName, "wxsim serve");
    server.not_before = date_time_ymd(2024, 1, 1);
    server.not_after = date_time_ymd(2044, 1, 1);
    let certificate = server.signed_by(&key, &issuer)?.pem();
    Ok((shown, certificate, key.serialize_pem()))
}

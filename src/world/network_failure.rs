//! Ways in which a request can fail below HTTP, as rules and recordings name them, and what the
//! client says of each.
//!
//! Official page: "Network", common errors: both phones pass on the errors of Chromium's network
//! component, as its list of errors numbers them.
//!
//! Unverified: the other clients do the same; uploads on iOS have words of their own.

/// Why no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NetworkFailure {
    /// Nobody listens at the address.
    Refused,
    /// The host has no address.
    NoAddress,
    /// The address cannot be reached.
    Unreachable,
    /// The server broke the connection.
    Reset,
    /// The server closed the connection before its answer was complete.
    Closed,
    /// There is no secure connection.
    Tls,
    /// Nobody who is trusted vouches for the certificate.
    Certificate,
    /// The certificate is of another time.
    CertificateDate,
    /// The certificate is of another host.
    CertificateName,
    /// What came is no HTTP.
    Garbled,
    /// The answer is larger than is taken.
    TooLarge,
}

impl NetworkFailure {
    /// Every one.
    pub const ALL: [Self; 11] = [
        Self::Refused,
        Self::NoAddress,
        Self::Unreachable,
        Self::Reset,
        Self::Closed,
        Self::Tls,
        Self::Certificate,
        Self::CertificateDate,
        Self::CertificateName,
        Self::Garbled,
        Self::TooLarge,
    ];

    /// Its name in rules: `fail refused`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::NoAddress => "no-address",
            Self::Unreachable => "unreachable",
            Self::Reset => "reset",
            Self::Closed => "closed",
            Self::Tls => "tls",
            Self::Certificate => "certificate",
            Self::CertificateDate => "certificate-date",
            Self::CertificateName => "certificate-name",
            Self::Garbled => "garbled",
            Self::TooLarge => "too-large",
        }
    }

    /// The failure of that name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }

    /// What the client says.
    pub fn words(self) -> String {
        let (number, name) = match self {
            Self::Refused => (-102, "CONNECTION_REFUSED"),
            Self::NoAddress => (-105, "NAME_NOT_RESOLVED"),
            Self::Unreachable => (-109, "ADDRESS_UNREACHABLE"),
            Self::Reset => (-101, "CONNECTION_RESET"),
            Self::Closed => (-100, "CONNECTION_CLOSED"),
            Self::Tls => (-107, "SSL_PROTOCOL_ERROR"),
            Self::Certificate => (-202, "CERT_AUTHORITY_INVALID"),
            Self::CertificateDate => (-201, "CERT_DATE_INVALID"),
            Self::CertificateName => (-200, "CERT_COMMON_NAME_INVALID"),
            Self::Garbled => (-370, "INVALID_HTTP_RESPONSE"),
            Self::TooLarge => {
                return format!(
                    "the answer has more than {} MiB, which wxsim does not take (BODY_BYTES_MAX)",
                    BODY_BYTES_MAX >> 20
                );
            }
        };
        format!("errcode:{number} cronet_error_code:{number} error_msg:net::ERR_{name}")
    }

    /// What the client says when a WebSocket does not come about.
    ///
    /// Unverified: the words of the library that Android's client is built on; certificates and TLS
    /// are not told apart there.
    pub fn socket_words(self) -> String {
        match self {
            Self::Refused | Self::NoAddress | Self::Unreachable | Self::Reset | Self::Closed => {
                "Underlying Transport Error".to_owned()
            }
            Self::Tls | Self::Certificate | Self::CertificateDate | Self::CertificateName => {
                "TLS handshake failed".to_owned()
            }
            Self::Garbled => "Missing required header".to_owned(),
            Self::TooLarge => self.words(),
        }
    }
}

/// Largest body of a real answer, or message of a real WebSocket, in bytes.
pub const BODY_BYTES_MAX: u64 = 20 << 20;

#[cfg(test)]
mod tests {
    use super::NetworkFailure;

    #[test]
    fn a_name_leads_to_the_clients_words() {
        for failure in NetworkFailure::ALL {
            assert_eq!(NetworkFailure::parse(failure.name()), Some(failure));
        }
        assert_eq!(
            NetworkFailure::Refused.words(),
            "errcode:-102 cronet_error_code:-102 error_msg:net::ERR_CONNECTION_REFUSED"
        );
        let large = NetworkFailure::TooLarge.words();
        assert!(
            large.contains("20 MiB") && large.contains("BODY_BYTES_MAX"),
            "{large}"
        );
    }
}

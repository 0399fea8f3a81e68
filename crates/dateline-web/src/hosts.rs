//! Which names this server answers to.
//!
//! A page elsewhere can make its own name point at this machine, and would then be "same origin" to a browser. It
//! cannot do so with a number, nor with a name that the user gave.

use std::net::{IpAddr, SocketAddr};

/// Where to listen, and under which names.
#[derive(Debug, Clone)]
pub struct Listening {
    /// Address and port; port 0 is any free one.
    pub at: SocketAddr,
    /// Names besides `localhost` and numbers, without port.
    pub names: Vec<String>,
}

impl Listening {
    /// On this machine only.
    pub fn here(port: u16) -> Listening {
        Listening { at: (std::net::Ipv4Addr::LOCALHOST, port).into(), names: Vec::new() }
    }

    /// Whether other machines can reach the address.
    pub(crate) fn beyond(&self) -> bool {
        !self.at.ip().is_loopback()
    }

    /// Whether a request for this `Host` is answered.
    pub(crate) fn answers(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) => name,
            _ => host,
        };
        if name == "localhost" || self.names.iter().any(|n| n.eq_ignore_ascii_case(name)) {
            return true;
        }
        let number = name.strip_prefix('[').and_then(|n| n.strip_suffix(']')).unwrap_or(name);
        // only written as usual: not "127.1", and IPv6 in brackets
        let ip = number.parse::<IpAddr>().ok().filter(|ip| ip.is_ipv6() == (number.len() < name.len()));
        ip.is_some_and(|ip| ip.is_loopback() || self.beyond())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn on_this_machine_only_loopback_names_are_answered() {
        let here = Listening::here(8470);
        for host in ["127.0.0.1:8470", "localhost", "[::1]:80", "127.0.0.1"] {
            assert!(here.answers(host), "{host}");
        }
        for host in [
            "evil.example:8470",
            "127.0.0.1.evil.example",
            "",
            "10.0.0.1",
            "::1",
            "[127.0.0.1]",
            "localhost.evil.example",
        ] {
            assert!(!here.answers(host), "{host}");
        }
    }

    #[test]
    fn beyond_it_numbers_and_the_names_that_were_given() {
        let desk = Listening { at: ([0, 0, 0, 0], 8470).into(), names: vec!["desk.lan".to_owned()] };
        for host in ["192.168.1.4:8470", "[fd00::4]:8470", "desk.lan:8470", "Desk.LAN"] {
            assert!(desk.answers(host), "{host}");
        }
        assert!(!desk.answers("evil.example") && !desk.answers("desk.lan.evil.example"));
    }
}

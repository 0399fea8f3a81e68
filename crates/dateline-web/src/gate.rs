//! Who may look: everybody where the library has no password, else who gave it within the last hours.

use crate::keys::{same, word};
use crate::password;
use axum::http::{HeaderMap, HeaderName, header};
use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const COOKIE: &str = "dateline-session";
/// How long a browser stays admitted.
const STAY: Duration = Duration::from_secs(12 * 3600);
/// Browsers admitted at once; the oldest goes when one more comes.
const ADMITTED: usize = 100;
/// The longest wait after wrong passwords from one address.
const LONGEST: u64 = 60;
/// After this time without a try, an address is as a new one.
const FORGOTTEN: Duration = Duration::from_secs(15 * 60);
/// Addresses remembered; where more try, all wait.
const TRIERS: usize = 4096;

/// What came of a password.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Tried {
    /// The word that the browser shows from now on.
    Admitted(String),
    Wrong,
    /// Too many were wrong; seconds until the next is looked at.
    Wait(u64),
    /// No random bytes, or the file of the password cannot be read.
    Fault,
}

struct Admitted {
    word: String,
    until: Instant,
}

#[derive(Clone, Copy)]
struct Failures {
    count: u32,
    last: Instant,
}

impl Failures {
    /// The first two are slips; from then on each wait is twice as long as the one before.
    fn wait(self, now: Instant) -> u64 {
        let seconds = match self.count {
            0..=2 => 0,
            n => 1u64.checked_shl(n - 3).map_or(LONGEST, |s| s.min(LONGEST)),
        };
        seconds.saturating_sub(now.duration_since(self.last).as_secs())
    }
}

/// The gate of a library with a password.
pub(crate) struct Gate {
    library: PathBuf,
    admitted: Mutex<Vec<Admitted>>,
    failures: Mutex<BTreeMap<IpAddr, Failures>>,
    /// One password is looked at at a time: that bounds the memory that strangers can make us use.
    looking: Mutex<()>,
}

impl Gate {
    /// The gate of a library's folder; `None` where it has no password.
    ///
    /// # Errors
    /// Where there is one that cannot be used.
    pub(crate) fn of(library: PathBuf) -> std::io::Result<Option<Gate>> {
        let gate = |_| Gate {
            library: library.clone(),
            admitted: Mutex::default(),
            failures: Mutex::default(),
            looking: Mutex::default(),
        };
        Ok(password::held(&library)?.map(gate))
    }

    /// Whether the browser that sent these headers was admitted.
    pub(crate) fn knows(&self, headers: &HeaderMap) -> bool {
        let Some(given) = shown_word(headers) else { return false };
        let Ok(mut admitted) = self.admitted.lock() else { return false };
        let now = Instant::now();
        admitted.retain(|a| a.until > now);
        // all are compared, so that the time tells nothing
        admitted.iter().fold(false, |known, a| known | same(given, &a.word))
    }

    /// Looks at a password from an address; takes a while, on purpose.
    pub(crate) fn tries(&self, from: IpAddr, password: &str) -> Tried {
        let Ok(_one) = self.looking.lock() else { return Tried::Fault };
        let from = network(from);
        let now = Instant::now();
        {
            let Ok(mut failures) = self.failures.lock() else { return Tried::Fault };
            failures.retain(|_, f| now.duration_since(f.last) < FORGOTTEN);
            let wait = failures.get(&from).map_or(0, |f| f.wait(now));
            if wait > 0 {
                return Tried::Wait(wait);
            }
            if failures.len() >= TRIERS && !failures.contains_key(&from) {
                return Tried::Wait(LONGEST);
            }
        }
        let Ok(Some(hash)) = password::held(&self.library) else { return Tried::Fault };
        let fits = password::fits(&hash, password);
        let Ok(mut failures) = self.failures.lock() else { return Tried::Fault };
        if !fits {
            let f = failures.entry(from).or_insert(Failures { count: 0, last: now });
            *f = Failures { count: f.count.saturating_add(1), last: Instant::now() };
            return Tried::Wrong;
        }
        failures.remove(&from);
        self.admit().map_or(Tried::Fault, Tried::Admitted)
    }

    fn admit(&self) -> Option<String> {
        let word = word().ok()?;
        let mut admitted = self.admitted.lock().ok()?;
        if admitted.len() >= ADMITTED {
            admitted.remove(0);
        }
        admitted.push(Admitted { word: word.clone(), until: Instant::now() + STAY });
        Some(word)
    }

    /// Forgets the browser that sent these headers.
    pub(crate) fn leaves(&self, headers: &HeaderMap) {
        if let (Some(given), Ok(mut admitted)) = (shown_word(headers), self.admitted.lock()) {
            admitted.retain(|a| !same(given, &a.word));
        }
    }
}

/// The header that gives a browser the word by which it is known.
pub(crate) fn cookie(word: &str) -> (HeaderName, String) {
    let keep = if word.is_empty() { 0 } else { STAY.as_secs() };
    (header::SET_COOKIE, format!("{COOKIE}={word}; Path=/; Max-Age={keep}; HttpOnly; SameSite=Strict"))
}

fn shown_word(headers: &HeaderMap) -> Option<&str> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|c| c.to_str().ok());
    cookies.flat_map(|c| c.split("; ")).filter_map(|c| c.split_once('=')).find(|(n, _)| *n == COOKIE).map(|(_, w)| w)
}

/// One who has an address of IPv6 has a whole /64 of them.
fn network(ip: IpAddr) -> IpAddr {
    match ip.to_canonical() {
        IpAddr::V6(ip) => IpAddr::V6((u128::from(ip) >> 64 << 64).into()),
        ip => ip,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate() -> (tempfile::TempDir, Gate) {
        let dir = tempfile::tempdir().unwrap();
        assert!(Gate::of(dir.path().to_owned()).unwrap().is_none());
        password::set(dir.path(), "a grey harbour").unwrap();
        let gate = Gate::of(dir.path().to_owned()).unwrap().unwrap();
        (dir, gate)
    }

    fn with(cookie: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::COOKIE, cookie.parse().unwrap())])
    }

    #[test]
    fn who_gives_the_password_is_known_until_they_leave() {
        let (_dir, gate) = gate();
        let from = IpAddr::from([192, 0, 2, 1]);
        assert_eq!(gate.tries(from, "a grey harbor"), Tried::Wrong);
        let Tried::Admitted(word) = gate.tries(from, "a grey harbour") else { panic!("the password is right") };
        let mine = with(&format!("a=b; {COOKIE}={word}"));
        assert!(gate.knows(&mine) && !gate.knows(&with("a=b")) && !gate.knows(&with(&format!("{COOKIE}="))));
        gate.leaves(&mine);
        assert!(!gate.knows(&mine));
    }

    #[test]
    fn wrong_passwords_cost_time_to_their_own_address_alone() {
        let (_dir, gate) = gate();
        let from = IpAddr::from([192, 0, 2, 1]);
        for _ in 0..3 {
            assert_eq!(gate.tries(from, "guessed it"), Tried::Wrong);
        }
        assert!(matches!(gate.tries(from, "a grey harbour"), Tried::Wait(_)), "not even the right one");
        assert!(matches!(gate.tries(IpAddr::from([192, 0, 2, 2]), "a grey harbour"), Tried::Admitted(_)));
    }

    #[test]
    fn waits_double_up_to_a_minute_and_pass() {
        let now = Instant::now();
        let wait = |count| Failures { count, last: now }.wait(now);
        assert_eq!([1, 2, 3, 4, 5, 8, 9, 200].map(wait), [0, 0, 1, 2, 4, 32, 60, 60]);
        assert_eq!(Failures { count: 9, last: now }.wait(now + Duration::from_secs(50)), 10);
        assert_eq!(network("2001:db8::1:2:3:4".parse().unwrap()), network("2001:db8::9".parse::<IpAddr>().unwrap()));
        assert_eq!(network("::ffff:192.0.2.1".parse().unwrap()), IpAddr::from([192, 0, 2, 1]));
    }
}

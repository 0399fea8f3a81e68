//! The password of a library: kept as an Argon2id hash in a file of its folder that no one but its owner can read.

use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use std::fs::{self, OpenOptions};
use std::io::{Error, ErrorKind, Result, Write};
use std::path::{Path, PathBuf};

/// The file in the library's folder.
const FILE: &str = "password";
/// Characters that a password has at least (NIST SP 800-63B), and bytes that it has at most.
const LEAST: usize = 8;
const MOST: usize = 1024;

fn file(library: &Path) -> PathBuf {
    library.join(FILE)
}

/// Keeps the hash of a new password; the old one is forgotten. Argon2id with the parameters of the crate's default,
/// which are OWASP's (19 MiB, two passes), and a salt from the system.
///
/// # Errors
/// Where the password is shorter than 8 characters or longer than 1,024 bytes, or the file cannot be written.
pub fn set(library: &Path, password: &str) -> Result<()> {
    if password.chars().count() < LEAST {
        return Err(Error::new(ErrorKind::InvalidInput, format!("a password has at least {LEAST} characters")));
    }
    if password.len() > MOST {
        return Err(Error::new(ErrorKind::InvalidInput, format!("a password has at most {MOST} bytes")));
    }
    let hash = Argon2::default().hash_password(password.as_bytes()).map_err(Error::other)?;
    let new = library.join(format!("{FILE}.new"));
    match fs::remove_file(&new) {
        Err(e) if e.kind() != ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut out = options.open(&new)?;
    writeln!(out, "{hash}")?;
    out.sync_all()?;
    fs::rename(&new, file(library))
}

/// Forgets the password; says whether there was one.
///
/// # Errors
/// Where the file is there and cannot be removed.
pub fn remove(library: &Path) -> Result<bool> {
    match fs::remove_file(file(library)) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(false),
        Err(e) => Err(e),
    }
}

/// The hash of the library's password; `None` where it has none.
///
/// # Errors
/// Where the file is no hash, or others than its owner can read it.
pub(crate) fn held(library: &Path) -> Result<Option<String>> {
    let path = file(library);
    let text = match fs::read_to_string(&path) {
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(None),
        read => read?,
    };
    #[cfg(unix)]
    {
        let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(&path)?.permissions());
        if mode & 0o077 != 0 {
            let what = format!("{} can be read by others: chmod 600 it, or set a new password", path.display());
            return Err(Error::new(ErrorKind::PermissionDenied, what));
        }
    }
    let hash = text.trim().to_owned();
    match PasswordHash::new(&hash) {
        Ok(_) => Ok(Some(hash)),
        Err(_) => {
            let what = format!("{} holds no hash of a password: `dateline password` writes it anew", path.display());
            Err(Error::new(ErrorKind::InvalidData, what))
        }
    }
}

/// Whether the password is the one of the hash; takes as long for a wrong one as for the right one.
pub(crate) fn fits(hash: &str, password: &str) -> bool {
    password.len() <= MOST
        && PasswordHash::new(hash).is_ok_and(|h| Argon2::default().verify_password(password.as_bytes(), &h).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_kept_as_a_hash_that_its_owner_alone_reads() {
        let dir = tempfile::tempdir().unwrap();
        assert!(held(dir.path()).unwrap().is_none());
        assert!(set(dir.path(), "short").is_err());
        assert!(set(dir.path(), &"long".repeat(300)).is_err());
        set(dir.path(), "a grey harbour").unwrap();
        set(dir.path(), "a blue harbour").unwrap();
        let hash = held(dir.path()).unwrap().unwrap();
        assert!(hash.starts_with("$argon2id$v=19$") && !hash.contains("harbour"), "{hash}");
        assert!(fits(&hash, "a blue harbour"));
        assert!(!fits(&hash, "a grey harbour") && !fits(&hash, "") && !fits(&hash, "a blue harbour "));
        assert!(remove(dir.path()).unwrap() && !remove(dir.path()).unwrap());
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_others_can_read_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let dir = tempfile::tempdir().unwrap();
        set(dir.path(), "a grey harbour").unwrap();
        let mode = fs::metadata(file(dir.path())).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        fs::set_permissions(file(dir.path()), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(held(dir.path()).unwrap_err().to_string().contains("chmod 600"));
        fs::write(file(dir.path()), "grey").unwrap();
        fs::set_permissions(file(dir.path()), fs::Permissions::from_mode(0o600)).unwrap();
        assert!(held(dir.path()).unwrap_err().to_string().contains("no hash"));
    }
}

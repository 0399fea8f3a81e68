//! Does this folder lie on another machine?
//!
//! SQLite's log for many readers needs memory that all processes share, and a lock that holds for all of them; over a
//! network neither is sure, and the price is a damaged index. Linux tells of every mount in
//! `/proc/self/mountinfo` (proc(5)); elsewhere nothing is known and nothing refused.

use std::path::Path;

/// File systems of which the disk is another machine's; subtypes of FUSE are named with it.
const NETWORK: &[&str] = &[
    "nfs",
    "nfs4",
    "cifs",
    "smb2",
    "smb3",
    "smbfs",
    "ncpfs",
    "afs",
    "coda",
    "9p",
    "ceph",
    "lustre",
    "gpfs",
    "beegfs",
    "glusterfs",
    "orangefs",
    "pvfs2",
    "davfs",
    "fuse.sshfs",
    "fuse.glusterfs",
    "fuse.ceph",
    "fuse.davfs2",
    "fuse.s3fs",
    "fuse.goofys",
    "fuse.gcsfuse",
    "fuse.rclone",
    "fuse.smbnetfs",
    "fuse.juicefs",
    "fuse.mfs",
];

/// The network file system that a folder, or the nearest one above it that exists, lies on; `None` where it lies on
/// this machine, or the system does not tell.
pub fn network_file_system(dir: &Path) -> Option<String> {
    let mounts = std::fs::read_to_string("/proc/self/mountinfo").ok()?;
    let dir = std::path::absolute(dir).ok()?;
    let real = dir.ancestors().find_map(|d| d.canonicalize().ok())?;
    let kind = mounted(&mounts, &real)?;
    NETWORK.contains(&kind).then(|| kind.to_owned())
}

/// The kind of file system that a folder lies on: that of the longest mount point above it, the last where one was
/// mounted over another.
fn mounted<'a>(mountinfo: &'a str, dir: &Path) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for line in mountinfo.lines() {
        let Some((mount, file_system)) = line.split_once(" - ") else { continue };
        let (Some(point), Some(kind)) = (mount.split(' ').nth(4), file_system.split(' ').next()) else { continue };
        let point = unescaped(point);
        if dir.starts_with(&point) && best.is_none_or(|(length, _)| point.len() >= length) {
            best = Some((point.len(), kind));
        }
    }
    best.map(|(_, kind)| kind)
}

/// Blanks, tabs, line breaks and backslashes stand in octal.
fn unescaped(point: &str) -> String {
    [("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")]
        .iter()
        .fold(point.to_owned(), |text, (code, plain)| text.replace(code, plain))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MOUNTS: &str = "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
40 21 0:40 / /mnt/news\\040room rw shared:2 master:1 - nfs4 server:/desk rw,vers=4.2
41 40 8:2 / /mnt/news\\040room/local rw - xfs /dev/sdb1 rw
42 21 0:41 / /home/jo/far rw - fuse.sshfs jo@far: rw
43 42 0:42 / /home/jo/far rw - tmpfs tmpfs rw
not a line of it";

    #[test]
    fn the_nearest_mount_says_what_a_folder_lies_on() {
        let on = |dir: &str| mounted(MOUNTS, Path::new(dir));
        assert_eq!(on("/home/jo/desk"), Some("ext4"));
        assert_eq!(on("/mnt/news room/desk"), Some("nfs4"));
        assert_eq!(on("/mnt/news roomy"), Some("ext4"));
        assert_eq!(on("/mnt/news room/local/desk"), Some("xfs"));
        assert_eq!(on("/home/jo/far/desk"), Some("tmpfs"));
        assert_eq!(mounted("", Path::new("/")), None);
    }

    #[test]
    fn this_machine_is_no_network() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(network_file_system(&dir.path().join("not/yet/there")), None);
    }
}

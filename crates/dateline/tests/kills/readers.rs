//! Those who read all the while: they may find no library yet, and else whole answers only.

use super::support;
use dateline_store::{ErrorKind, Filter, Library, Mode, Paging, StoreError};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

/// One way to ask.
type Ask = fn(&mut Reader) -> Result<(), String>;

/// Readers of one library.
pub struct Readers {
    stop: Arc<AtomicBool>,
    asked: Arc<AtomicU64>,
    threads: Vec<JoinHandle<Result<(), String>>>,
}

impl Readers {
    /// Starts to read: through the store, through commands, and through `dateline serve`.
    pub fn start(library: &Path) -> Readers {
        let (stop, asked) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicU64::new(0)));
        let kinds: [(Ask, u64); 3] = [(Reader::store, 15), (Reader::command, 150), (Reader::serve, 60)];
        let threads = kinds.map(|(ask, pause)| {
            let (stop, asked, dir) = (stop.clone(), asked.clone(), library.to_owned());
            std::thread::spawn(move || {
                let mut reader = Reader { dir, turn: 0, served: None };
                while !stop.load(Ordering::Relaxed) {
                    ask(&mut reader)?;
                    asked.fetch_add(1, Ordering::Relaxed);
                    std::thread::sleep(Duration::from_millis(pause));
                }
                reader.last()
            })
        });
        Readers { stop, asked, threads: threads.into() }
    }

    /// Stops; gives how often was asked, or what a reader saw that nobody should.
    pub fn stop(self) -> Result<u64, String> {
        self.stop.store(true, Ordering::Relaxed);
        for thread in self.threads {
            thread.join().map_err(|_| "a reader died".to_owned())??;
        }
        Ok(self.asked.load(Ordering::Relaxed))
    }
}

struct Reader {
    dir: PathBuf,
    turn: usize,
    served: Option<Served>,
}

impl Reader {
    fn store(&mut self) -> Result<(), String> {
        self.turn += 1;
        let told = |e: StoreError| format!("a reader was told: {e}");
        let library = match Library::open(&self.dir, Mode::Read) {
            Err(e) if matches!(e.kind(), ErrorKind::NotALibrary) => return Ok(()),
            opened => opened.map_err(told)?,
        };
        let turn = self.turn;
        library.at_once(|l| whole(l, turn)).map_err(told)?
    }

    fn command(&mut self) -> Result<(), String> {
        self.turn += 1;
        let dir = self.dir.to_str().ok_or("no readable path")?;
        let question = [&["stories"][..], &["search", "said"]][self.turn % 2];
        let out = support::run(&[question, &["--json", "--library", dir]].concat());
        let said = String::from_utf8_lossy(&out.stderr);
        let whole =
            String::from_utf8_lossy(&out.stdout).lines().all(|l| serde_json::from_str::<serde_json::Value>(l).is_ok());
        match out.status.success() && whole || said.contains("no library is here") {
            true => Ok(()),
            false => Err(format!("a command was told: {said}")),
        }
    }

    fn serve(&mut self) -> Result<(), String> {
        self.turn += 1;
        if self.served.is_none() {
            self.served = Served::start(&self.dir)?;
        }
        let Some(served) = &self.served else { return Ok(()) };
        let address = ["/", "/search?q=said", "/?limit=5"][self.turn % 3];
        served.get(address).map(drop)
    }

    /// When nothing is written any more, a server that ran all the while shows what lies in the library now.
    fn last(&mut self) -> Result<(), String> {
        let Some(served) = self.served.take() else { return Ok(()) };
        let page = served.get("/")?;
        let library = Library::open(&self.dir, Mode::Read).map_err(|e| e.to_string())?;
        let stories = library.stories(&Filter { limit: 10, ..Filter::default() }).map_err(|e| e.to_string())?;
        match stories.iter().find(|s| !page.contains(&format!("/story/{}", s.id))) {
            Some(missing) => Err(format!("the server does not show story {} of the library as it is now", missing.id)),
            None => Ok(()),
        }
    }
}

/// Whether what one state of the library says of itself goes together.
fn whole(library: &Library, turn: usize) -> Result<Result<(), String>, StoreError> {
    let stories = library.stories(&Filter::default())?;
    if let Some(line) = stories.get(turn % stories.len().max(1)) {
        let selection = library.selection(&[&line.id])?;
        if selection.reports.len() != line.articles {
            return Ok(Err(format!("story {}: {} articles of {}", line.id, selection.reports.len(), line.articles)));
        }
        for report in &selection.reports {
            // Its digest is compared with the record's own when it is read.
            let capture = library.capture(&report.id)?;
            if capture.id != report.id {
                return Ok(Err(format!("page {} is not whole", report.id)));
            }
        }
    }
    let found = library.search("said", &Paging::default())?;
    let at_most = (found.total as usize).min(Paging::default().limit);
    let homeless = found.hits.iter().filter_map(|h| h.story.as_ref()).find(|s| library.story(s).is_err());
    Ok(match (found.hits.len() == at_most, homeless) {
        (true, None) => Ok(()),
        (false, _) => Err(format!("{} hits of {at_most}", found.hits.len())),
        (_, Some(story)) => Err(format!("a hit is in story {story}, which is not there")),
    })
}

/// A running `dateline serve`.
struct Served {
    child: Child,
    address: String,
}

impl Served {
    /// Starts it; nothing where there is no library yet, since it would start one, and who adds would find it written to.
    fn start(dir: &Path) -> Result<Option<Served>, String> {
        if !dir.join("captures").is_dir() {
            return Ok(None);
        }
        let args = ["serve", "--port", "0", "--library", dir.to_str().unwrap_or("")];
        let mut command = support::dateline(&args);
        let spawned = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
        let mut child = spawned.map_err(|e| e.to_string())?;
        let mut line = String::new();
        let out = child.stdout.take().map(BufReader::new);
        out.map(|mut out| out.read_line(&mut line)).transpose().map_err(|e| e.to_string())?;
        let address = line.strip_prefix("http://").and_then(|l| l.split('/').next());
        if let Some(address) = address {
            return Ok(Some(Served { address: address.to_owned(), child }));
        }
        let mut said = String::new();
        let _ = child.stderr.take().map(|mut e| e.read_to_string(&mut said));
        let _ = child.wait();
        if said.contains("no library is here") { Ok(None) } else { Err(format!("the server was told: {said}")) }
    }

    /// A page of it, whole.
    fn get(&self, path: &str) -> Result<String, String> {
        let mut page = String::new();
        let asked = TcpStream::connect(&self.address).and_then(|mut stream| {
            write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
            stream.read_to_string(&mut page)
        });
        asked.map_err(|e| format!("the server: {e}"))?;
        let whole = page.starts_with("HTTP/1.1 200") && page.trim_end().ends_with("</html>");
        if whole { Ok(page) } else { Err(format!("the server answered {path} with: {page}")) }
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

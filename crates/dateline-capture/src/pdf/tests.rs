use super::*;
use flate2::Compression;
use flate2::read::ZlibEncoder;
use proptest::prelude::*;
use std::io::Read;

/// A line of text and its place on the page.
type Placed<'a> = (f64, f64, f64, &'a str);

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    ZlibEncoder::new(bytes, Compression::best()).read_to_end(&mut out).unwrap();
    out
}

/// A file of these pages in Helvetica, with a table of its objects.
pub(crate) fn file(pages: &[Vec<Placed<'_>>]) -> Vec<u8> {
    let streams: Vec<Vec<u8>> = pages
        .iter()
        .map(|page| {
            let ops: String = page
                .iter()
                .map(|(x, y, size, text)| {
                    let text = text.replace('(', "\\(").replace(')', "\\)");
                    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n")
                })
                .collect();
            encoding_rs::WINDOWS_1252.encode(&ops).0.into_owned()
        })
        .collect();
    of_streams(&streams, "/Filter /FlateDecode", deflated)
}

fn of_streams(streams: &[Vec<u8>], filter: &str, pack: fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let kids: Vec<String> = (0..streams.len()).map(|i| format!("{} 0 R", 4 + 2 * i)).collect();
    let mut objects: Vec<Vec<u8>> = vec![
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), streams.len()).into_bytes(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_vec(),
    ];
    for (i, stream) in streams.iter().enumerate() {
        objects.push(
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> /XObject << /X {} 0 R >> >> /Contents {} 0 R >>",
                5 + 2 * i,
                5 + 2 * i
            )
            .into_bytes(),
        );
        let packed = pack(stream);
        let head = format!(
            "<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Length {} {filter} >>\nstream\n",
            packed.len()
        );
        objects.push([head.as_bytes(), &packed, b"\nendstream"].concat());
    }
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (i, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n", i + 1).as_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    let start = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).as_bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").as_bytes());
    }
    out.extend(
        format!("trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n", objects.len() + 1).as_bytes(),
    );
    out
}

fn read(bytes: &[u8]) -> Result<String, ErrorKind> {
    let found = capture(bytes, &Source::default()).map_err(|e| e.kind().clone())?;
    Ok(String::from_utf8(found.bytes).unwrap())
}

fn two_pages() -> Vec<Vec<Placed<'static>>> {
    vec![
        vec![
            (50.0, 810.0, 8.0, "Pier Post  5 March 2024"),
            (50.0, 760.0, 20.0, "Café on the pier shut"),
            (50.0, 720.0, 11.0, "The harbour office of Testburg said on Friday that the café on the nor-"),
            (50.0, 706.0, 11.0, "thern pier would stay shut until the inspectors had seen its roof and"),
            (50.0, 692.0, 11.0, "the crane beside it."),
            (50.0, 664.0, 11.0, "Nobody was hurt, the office said, when the storm tore off “40 square"),
            (50.0, 650.0, 11.0, "metres” of tin, and the ferry sails from the southern pier until the work"),
            (50.0, 30.0, 8.0, "Page 1 of 2"),
        ],
        vec![
            (50.0, 810.0, 8.0, "Pier Post  5 March 2024"),
            (50.0, 780.0, 11.0, "is done, which may take a week."),
            (50.0, 752.0, 11.0, "The inspectors come on Monday."),
            (50.0, 30.0, 8.0, "Page 2 of 2"),
        ],
    ]
}

#[test]
fn paragraphs_are_whole_and_furniture_is_gone() {
    let want = "Café on the pier shut\n\nThe harbour office of Testburg said on Friday that the café on the northern pier \
                would stay shut until the inspectors had seen its roof and the crane beside it.\n\nNobody was hurt, the \
                office said, when the storm tore off “40 square metres” of tin, and the ferry sails from the southern pier \
                until the work is done, which may take a week.\n\nThe inspectors come on Monday.";
    assert_eq!(read(&file(&two_pages())).unwrap(), want);
    // The table of objects is wrong: the objects are found all the same.
    let mut damaged = file(&two_pages());
    let at = damaged.len() - 20;
    damaged[at..].fill(b' ');
    assert_eq!(read(&damaged).unwrap(), want);
}

#[test]
fn what_has_no_text_says_so() {
    assert!(matches!(read(&file(&[vec![]])), Err(ErrorKind::NoPage(_))));
    assert!(matches!(read(b"%PDF-1.4 nothing"), Err(ErrorKind::NotAPage(_))));
    let cut = file(&two_pages());
    assert!(read(&cut[..120]).is_err());
}

#[test]
fn bombs_and_loops_stop() {
    let bomb = of_streams(&[vec![b' '; 70 << 20]], "/Filter /FlateDecode", deflated);
    assert!(matches!(read(&bomb), Err(ErrorKind::TooLarge { .. })));
    let twice = of_streams(&[vec![b' '; 1 << 20]], "/Filter [/FlateDecode /FlateDecode]", |b| deflated(&deflated(b)));
    assert!(matches!(read(&twice), Err(ErrorKind::NotAPage(_))));
    // A form that draws itself, many times.
    let own = of_streams(&[b"/X Do ".repeat(40)], "/Filter /FlateDecode", deflated);
    assert!(read(&own).is_err());
    for open in ["[", "<<", "<< /A ", "("] {
        let deep = of_streams(&[open.repeat(500_000).into_bytes()], "/Filter /FlateDecode", deflated);
        assert!(read(&deep).is_err());
        let structure = format!("%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer << /Root 1 0 R >>", open.repeat(500_000));
        assert!(read(structure.as_bytes()).is_err());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn any_damage_is_borne(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..30), packed: bool) {
        let pages = two_pages();
        let mut bytes = if packed { file(&pages) } else {
            let ops: String = pages[0].iter().map(|(x, y, s, t)| format!("BT /F1 {s} Tf 1 0 0 1 {x} {y} Tm ({t}) Tj ET\n")).collect();
            of_streams(&[ops.into_bytes()], "", <[u8]>::to_vec)
        };
        for (place, byte) in places {
            let i = place.index(bytes.len());
            bytes[i] = byte;
        }
        let _ = text(&bytes);
    }

    #[test]
    fn any_bytes_are_borne(bytes in prop::collection::vec(any::<u8>(), 0..2000)) {
        let _ = text(&[b"%PDF-1.7\n".as_slice(), &bytes].concat());
    }
}

use super::*;

fn place(label: &str, lon: f64, lat: f64, weight: u32) -> Place {
    Place {
        label: label.to_owned(),
        lat,
        lon,
        weight,
        note: format!("named in {weight} pages"),
        href: Some(format!("/search?q=place:{weight}")),
    }
}

/// A thousand places on a spiral around the globe.
fn many() -> Vec<Place> {
    (0..1000).map(|i| place(&format!("Place {i}"), f64::from(i) * 7.3, f64::from(i % 160) - 80.0, i)).collect()
}

#[test]
fn maps_stay_small_and_without_faults() {
    let baltic = [place("Riga", 24.1, 56.95, 3), place("Vilnius", 25.28, 54.69, 9), place("Tallinn", 24.75, 59.44, 1)];
    let pacific = [place("Suva", 178.4, -18.1, 3), place("Apia", -171.8, -13.8, 9)];
    let norway = [place("Tromsø", 18.95, 69.65, 1), place("Bergen", 5.3, 60.4, 1), place("Oslo", 10.7, 59.9, 1)];
    let alone = [place("Kyiv", 30.5, 50.45, 1)];
    let pole = [place("South Pole", 0.0, -90.0, 1)];
    let same = vec![place("Here", 10.0, 10.0, 1); 30];
    for places in [&baltic[..], &pacific, &norway, &alone, &pole, &same, &many()] {
        let picture = map("Where", places).unwrap();
        assert!(picture.svg.len() < 60_000, "{} bytes", picture.svg.len());
        assert!(!picture.svg.contains("NaN") && !picture.svg.contains("inf"));
        assert_eq!(Some(picture), map("Where", places));
    }
}

#[test]
fn the_order_of_places_does_not_matter() {
    let mut turned = many();
    turned.reverse();
    assert_eq!(map("Where", &many()), map("Where", &turned));
}

#[test]
fn labels_never_overlap() {
    let places: Vec<Place> = many().into_iter().take(200).collect();
    let drawn: Vec<&Place> = places.iter().collect();
    let view = View::of(&drawn.iter().map(|p| (p.lon, p.lat)).collect::<Vec<_>>()).unwrap();
    for set in &SETS {
        let page = Rect { x: 2.0, y: 2.0, width: view.width - 4.0, height: view.height - 4.0 };
        let mut taken = Taken::default();
        for p in &drawn {
            spot(&mut taken, &page, (&p.label, set.size), (view.point(p.lon, p.lat), set.radius));
        }
        assert!(taken.rooms().len() > 10);
        for (i, a) in taken.rooms().iter().enumerate() {
            assert!(taken.rooms()[i + 1..].iter().all(|b| !a.meets(b)));
        }
    }
}

#[test]
fn places_that_are_none_are_left_out() {
    assert_eq!(map("Where", &[]), None);
    assert_eq!(
        map("Where", &[place("x", f64::NAN, 0.0, 1), place("y", 0.0, 91.0, 1), place("z", 0.0, f64::NAN, 1)]),
        None
    );
}

#[test]
fn a_country_is_no_point_beside_others() {
    let both = [place("LATVIA", 24.9, 56.8, 9), place("Riga", 24.1, 56.95, 3)];
    let picture = map("Where", &both).unwrap();
    assert!(picture.svg.matches("<circle").count() == 2, "one mark in each of the two sets");
    assert!(picture.words.contains("LATVIA"));
    assert_eq!(map("Where", &both[..1]).unwrap().svg.matches("<circle").count(), 2);
}

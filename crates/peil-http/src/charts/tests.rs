//! What every chart promises, whatever it is given: sound markup, honest words, no overlap.
use super::checks::*;
use super::*;

const BOTH: [Shape; 2] = [Shape::Wide, Shape::Narrow];

fn width_of(shape: Shape) -> f64 {
    if shape == Shape::Wide { 720.0 } else { 340.0 }
}

fn words(markup: &str) -> Vec<&str> {
    words_in(markup)
        .into_iter()
        .map(|(.., text)| text)
        .collect()
}

fn door(number: usize) -> String {
    format!("/responses?place={number}&zone=\"low\"")
}

fn line(label: &str, value: f64) -> ReferenceLine {
    let label = label.to_owned();
    ReferenceLine { label, value }
}

/// Figures that break drawings: not numbers, huge, equal, negative, hidden, absent.
fn hostile_readings() -> Vec<Reading> {
    let mut readings: Vec<_> = [
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::MAX,
        -40.0,
        0.0,
    ]
    .into_iter()
    .map(|value| known(value, 3.0, u64::MAX))
    .collect();
    let broken = Interval {
        low: f64::NAN,
        high: 4.0,
    };
    let unsure = Known {
        value: 7.0,
        interval: Some(broken),
        n: 0,
        is_uncertain: true,
    };
    readings.extend([
        known(7.0, f64::INFINITY, 3),
        known(7.0, 0.0, 1),
        Reading::Known(unsure),
    ]);
    readings.extend([Reading::TooFew, Reading::Absent]);
    readings
}

/// Each pairing of a hostile label with a hostile figure.
fn hostile_pairs() -> impl Iterator<Item = (String, Reading)> {
    let readings = hostile_readings();
    hostile_labels()
        .into_iter()
        .cycle()
        .zip(readings.into_iter().cycle())
        .take(77)
}

fn trend_of(readings: impl IntoIterator<Item = (String, Reading)>) -> TrendChart {
    let bucket = |(number, (label, reading)): (usize, (String, Reading))| TrendBucket {
        short_label: label.clone(),
        label,
        reading,
        href: Some(door(number)),
    };
    TrendChart {
        head: head(),
        format: net_score(),
        labels: TrendLabels {
            people: "n".to_owned(),
            too_few: "te weinig".to_owned(),
            event: "Gebeurtenis".to_owned(),
            ..TrendLabels::default()
        },
        buckets: readings.into_iter().enumerate().map(bucket).collect(),
        goal: None,
        markers: Vec::new(),
        bounds: Some(Bounds {
            low: -100.0,
            high: 100.0,
        }),
    }
}

fn months(count: usize) -> impl Iterator<Item = (String, Reading)> {
    (0..count).map(|number| {
        let value = f64::from(u8::try_from(number % 17).unwrap()) * 2.0;
        (format!("mnd {number}"), known(value, 5.0, 100))
    })
}

fn ladder_of(readings: impl IntoIterator<Item = (String, Reading)>) -> LadderChart {
    let row = |(number, (label, reading)): (usize, (String, Reading))| LadderRow {
        letters: Some(label.clone()),
        label,
        reading,
        zone: [None, Some(Zone::Low), Some(Zone::Mid), Some(Zone::High)]
            .get(number % 4)
            .copied()
            .flatten(),
        href: Some(door(number)),
    };
    LadderChart {
        head: head(),
        format: mark_out_of_ten(),
        labels: LadderLabels {
            segment: "Segment".to_owned(),
            value: "Cijfer".to_owned(),
            people: "n".to_owned(),
            too_few: "minder dan 5".to_owned(),
            ..LadderLabels::default()
        },
        rows: readings.into_iter().enumerate().map(row).collect(),
        overall: Some(line("Gemiddeld", 7.4)),
        bounds: Some(Bounds {
            low: 1.0,
            high: 10.0,
        }),
    }
}

fn bar_of(reading: Reading) -> IntervalBar {
    IntervalBar {
        head: head(),
        format: net_score(),
        labels: IntervalBarLabels {
            value: "NPS".to_owned(),
            people: "n".to_owned(),
            too_few: "minder dan 5".to_owned(),
            ..IntervalBarLabels::default()
        },
        bounds: Bounds {
            low: -100.0,
            high: 100.0,
        },
        reading,
        zone: None,
        goal: Some(line("Doel", 40.0)),
        previous: Some(line("Q4", 18.0)),
        href: None,
    }
}

fn distribution_of(counts: impl IntoIterator<Item = (String, u64)>) -> DistributionChart {
    let zones = [Some(Zone::Low), Some(Zone::Mid), Some(Zone::High), None];
    let bar = |(number, (label, count)): (usize, (String, u64))| DistributionBar {
        label,
        count,
        zone: zones.get(number / 4 % 4).copied().flatten(),
        href: Some(door(number)),
    };
    let name = |zone, label: &str| ZoneLabel {
        zone,
        label: label.to_owned(),
    };
    DistributionChart {
        head: head(),
        numbers: DUTCH,
        labels: DistributionLabels::default(),
        bars: counts.into_iter().enumerate().map(bar).collect(),
        zones: vec![
            name(Zone::Low, "Criticasters"),
            name(Zone::Mid, "Passief"),
            name(Zone::High, "Promotors"),
        ],
    }
}

fn share_of(counts: impl IntoIterator<Item = (String, u64)>) -> StackedShareChart {
    let part = |(number, (label, count)): (usize, (String, u64))| SharePart {
        label,
        count,
        zone: [Some(Zone::Low), Some(Zone::Mid), Some(Zone::High)]
            .get(number % 3)
            .copied()
            .flatten(),
        href: Some(door(number)),
    };
    StackedShareChart {
        head: head(),
        numbers: DUTCH,
        labels: StackedShareLabels::default(),
        parts: counts.into_iter().enumerate().map(part).collect(),
    }
}

fn funnel_of(counts: impl IntoIterator<Item = (String, u64)>) -> FunnelChart {
    let step = |(number, (label, count)): (usize, (String, u64))| FunnelStep {
        label,
        count,
        href: Some(door(number)),
    };
    FunnelChart {
        head: head(),
        numbers: DUTCH,
        labels: FunnelLabels::default(),
        steps: counts.into_iter().enumerate().map(step).collect(),
    }
}

fn sparkline_of(values: &[Option<f64>]) -> Sparkline {
    let point = |value: &Option<f64>| SparklinePoint {
        label: "mrt".to_owned(),
        value: *value,
    };
    Sparkline {
        head: head(),
        format: net_score(),
        labels: SparklineLabels::default(),
        points: values.iter().map(point).collect(),
    }
}

fn calendar_of(weeks: usize, label: &str, count: u64) -> CalendarStrip {
    let states = [DayState::Past, DayState::Today, DayState::Coming];
    let day = |number: usize| CalendarDay {
        label: label.to_owned(),
        count: if number == 0 { 0 } else { count },
        state: states.get(number % 3).copied().unwrap(),
        href: Some(door(number)),
    };
    let week = |_| CalendarWeek {
        label: label.to_owned(),
        days: (0..7).map(day).collect(),
    };
    CalendarStrip {
        head: head(),
        numbers: DUTCH,
        labels: CalendarLabels {
            count: "uitnodigingen".to_owned(),
            weekdays: ["m", "d", "w", "d", "v", "z", "z"]
                .map(str::to_owned)
                .to_vec(),
            ..CalendarLabels::default()
        },
        weeks: (0..weeks).map(week).collect(),
    }
}

fn counted(counts: &[u64]) -> Vec<(String, u64)> {
    counts
        .iter()
        .enumerate()
        .map(|(score, count)| (score.to_string(), *count))
        .collect()
}

fn hostile_counts() -> Vec<(String, u64)> {
    hostile_labels()
        .into_iter()
        .zip([3, 0, 1, u64::MAX, 7, 40, u64::MAX])
        .collect()
}

#[test]
fn hostile_labels_and_figures_never_break_a_drawing_or_its_table() {
    let mut trend_chart = trend_of(hostile_pairs());
    trend_chart.goal = Some(line(&"Doel ".repeat(40), f64::NAN));
    trend_chart.markers = hostile_labels()
        .into_iter()
        .enumerate()
        .map(|(bucket, label)| TrendMarker {
            bucket: bucket * 20,
            kind: MarkerKind::Action,
            label,
            href: None,
        })
        .collect();
    let ladder_chart = ladder_of(hostile_pairs());
    let (shares, scores) = (
        share_of(hostile_counts()),
        distribution_of(hostile_counts()),
    );
    let steps = funnel_of(hostile_counts());
    for shape in BOTH {
        for markup in [
            trend(&trend_chart, shape),
            ladder(&ladder_chart, shape),
            stacked_share(&shares, shape),
            distribution(&scores, shape),
            funnel(&steps, shape),
        ] {
            assert_well_formed(&markup);
            assert!(!markup.contains("<script"));
        }
        for label in hostile_labels() {
            assert_well_formed(&calendar_strip(&calendar_of(6, &label, u64::MAX), shape));
        }
    }
    for table in [
        trend_chart.table(),
        ladder_chart.table(),
        shares.table(),
        scores.table(),
        steps.table(),
        calendar_of(6, "<b>", 3).table(),
    ] {
        assert_even(&table);
    }
}

#[test]
fn hostile_figures_never_break_a_small_drawing() {
    for reading in hostile_readings() {
        let mut chart = bar_of(reading);
        for (low, high) in [(-100.0, 100.0), (7.0, 7.0), (f64::NAN, 1.0)] {
            chart.bounds = Bounds { low, high };
            chart.goal = Some(line("<Doel>", f64::INFINITY));
            assert_well_formed(&interval_bar(&chart));
        }
        assert_even(&chart.table());
    }
    for values in [
        vec![],
        vec![None],
        vec![Some(f64::NAN)],
        vec![Some(5.0)],
        vec![Some(-5.0); 900],
    ] {
        assert_well_formed(&sparkline(&sparkline_of(&values)));
    }
}

#[test]
fn nothing_to_draw_is_said_in_words() {
    for shape in BOTH {
        for markup in [
            trend(&trend_of([]), shape),
            trend(&trend_of([("mrt".to_owned(), Reading::Absent)]), shape),
            ladder(&ladder_of([]), shape),
            distribution(&distribution_of(counted(&[0, 0])), shape),
            stacked_share(&share_of([]), shape),
            funnel(&funnel_of(counted(&[0, 5])), shape),
            calendar_strip(&calendar_of(0, "", 0), shape),
        ] {
            assert_well_formed(&markup);
            assert_eq!(words(&markup), ["Nog geen antwoorden"]);
        }
    }
}

#[test]
fn words_never_run_into_each_other() {
    for shape in BOTH {
        let width = width_of(shape);
        for count in [1, 2, 5, 12, 13, 53, 120, 500] {
            assert_no_overlap(&trend(&trend_of(months(count)), shape), width, 11.0);
        }
        assert_no_overlap(&ladder(&ladder_of(months(500)), shape), width, 11.0);
        assert_no_overlap(&ladder(&ladder_of(hostile_pairs()), shape), width, 11.0);
        for counts in [
            vec![1, 0, 98, 1],
            vec![5; 4],
            vec![1; 11],
            vec![2, 1, 900],
            vec![3; 200],
        ] {
            assert_no_overlap(
                &distribution(&distribution_of(counted(&counts)), shape),
                width,
                11.0,
            );
            assert_no_overlap(
                &stacked_share(&share_of(counted(&counts)), shape),
                width,
                11.0,
            );
            assert_no_overlap(&funnel(&funnel_of(counted(&counts)), shape), width, 11.0);
        }
        assert_no_overlap(
            &calendar_strip(&calendar_of(6, "week 12", 1234), shape),
            width,
            11.0,
        );
    }
    for value in [-99.0, -62.0, 0.0, 17.0, 41.0, 100.0] {
        let mut chart = bar_of(known(value, 9.0, 40));
        chart.previous = Some(line("vorig kwartaal", value));
        assert_no_overlap(&interval_bar(&chart), 260.0, 11.0);
    }
}

#[test]
fn a_goal_makes_way_for_the_last_value() {
    for goal in [-40.0, 24.0, 29.0, 30.0, 31.0, 38.0] {
        let mut chart = trend_of(months(16));
        chart.goal = Some(line("Doel", goal));
        chart.markers = (0..16)
            .map(|bucket| TrendMarker {
                bucket,
                kind: MarkerKind::Action,
                label: format!("Actie {bucket}"),
                href: None,
            })
            .collect();
        for shape in BOTH {
            assert_no_overlap(&trend(&chart, shape), width_of(shape), 11.0);
        }
    }
}

#[test]
fn a_hidden_period_breaks_the_line_and_shows_no_count() {
    let mut readings: Vec<_> = months(12).collect();
    readings.get_mut(5).unwrap().1 = Reading::TooFew;
    let chart = trend_of(readings);
    let markup = trend(&chart, Shape::Wide);
    assert!(words(&markup).contains(&"te weinig"));
    assert!(markup.contains("aria-label=\"mnd 5: te weinig\""));
    assert_eq!(markup.matches("class=\"c-interval c-muted\"").count(), 11);
    assert_eq!(markup.matches("class=\"c-ribbon c-accent\"").count(), 2);
    assert_eq!(markup.matches("stroke-dasharray=\"2 4\"").count(), 1);
    assert_eq!(
        chart.table().rows.get(5).unwrap(),
        &["mnd 5", "te weinig", "–", "–"]
    );
}

#[test]
fn every_period_says_value_interval_and_n_and_leads_to_its_answers() {
    let markup = trend(&trend_of(months(3)), Shape::Wide);
    let door = "<a href=\"/responses?place=2&amp;zone=&quot;low&quot;\" \
                aria-label=\"mnd 2: +4 (−1 – +9), n 100\">";
    assert!(markup.contains(door), "{markup}");
    assert!(markup.contains("role=\"group\""));
    assert!(words(&markup).contains(&"+4"));
}

#[test]
fn a_phone_shows_the_latest_quarter_of_a_long_trend_and_a_short_one_whole() {
    let periods = |count| {
        let markup = trend(&trend_of(months(count)), Shape::Narrow);
        markup.matches("<a href").count()
    };
    assert_eq!([periods(104), periods(12), periods(5)], [26, 8, 5]);
    let mut long = trend_of(months(104));
    let marker = |bucket| TrendMarker {
        bucket,
        kind: MarkerKind::Version,
        label: format!("v{bucket}"),
        href: None,
    };
    long.markers = vec![marker(3), marker(90), marker(4000)];
    let markup = trend(&long, Shape::Narrow);
    assert!(words(&markup).contains(&"v90") && !words(&markup).contains(&"v3"));
    assert_eq!(long.table().rows.len(), 104);
}

#[test]
fn a_ladder_is_sorted_and_hidden_rows_come_last() {
    let rows = [("B", 6.0), ("A", 8.25), ("C", 7.0)];
    let mut readings: Vec<_> = rows
        .iter()
        .map(|(label, value)| ((*label).to_owned(), known(*value, 0.5, 60)))
        .collect();
    readings.insert(1, ("Geheim".to_owned(), Reading::TooFew));
    let chart = ladder_of(readings);
    let first: Vec<_> = chart
        .table()
        .rows
        .into_iter()
        .map(|row| row.join(" "))
        .collect();
    assert_eq!(
        first,
        [
            "A 8,2 7,8 – 8,8 60",
            "C 7,0 6,5 – 7,5 60",
            "B 6,0 5,5 – 6,5 60",
            "Geheim minder dan 5 – –"
        ]
    );
    for shape in BOTH {
        let markup = ladder(&chart, shape);
        assert!(words(&markup).contains(&"minder dan 5"));
        assert!(words(&markup).contains(&"Gemiddeld 7,4"));
    }
}

#[test]
fn a_cut_label_keeps_its_full_name_in_the_title() {
    let long = "Klantenservice ".repeat(14);
    let markup = ladder(
        &ladder_of([(long.clone(), known(7.0, 0.5, 60))]),
        Shape::Wide,
    );
    assert!(markup.contains(&format!("<title>{long}: 7,0")));
    assert!(words(&markup).iter().any(|text| text.ends_with('…')));
}

#[test]
fn what_is_uncertain_is_hatched_and_hollow() {
    let unsure = Known {
        value: 7.0,
        interval: Some(Interval {
            low: 5.0,
            high: 9.0,
        }),
        n: 7,
        is_uncertain: true,
    };
    let markup = ladder(
        &ladder_of([("A".to_owned(), Reading::Known(unsure))]),
        Shape::Wide,
    );
    assert!(markup.contains("fill=\"url(#c-proef-w-hatch)\""));
    assert!(markup.contains("class=\"c-muted\" cx="));
    let bar = interval_bar(&bar_of(Reading::Known(unsure)));
    assert!(bar.contains("id=\"c-proef-i-hatch\"") && bar.contains("url(#c-proef-i-hatch)"));
}

#[test]
fn a_tile_without_a_figure_says_why() {
    assert!(words(&interval_bar(&bar_of(Reading::TooFew))).contains(&"minder dan 5"));
    assert!(words(&interval_bar(&bar_of(Reading::Absent))).contains(&"Nog geen antwoorden"));
    let markup = interval_bar(&bar_of(known(31.0, 6.0, 1214)));
    assert!(markup.contains("aria-label=\"NPS +31 (+25 – +37), n 1.214\""));
    assert!(markup.contains("role=\"img\""));
}

#[test]
fn a_distribution_sums_its_zones() {
    let chart = distribution_of(counted(&[10, 0, 0, 0, 30, 0, 0, 0, 60]));
    let sums: Vec<_> = chart
        .table()
        .rows
        .into_iter()
        .skip(9)
        .map(|row| row.join(" "))
        .collect();
    assert_eq!(
        sums,
        ["Criticasters 10 10%", "Passief 30 30%", "Promotors 60 60%"]
    );
    let markup = distribution(&chart, Shape::Wide);
    assert!(words(&markup).contains(&"Promotors 60%"));
    assert!(markup.contains("aria-label=\"8: 60 (60%)\""));
}

#[test]
fn a_share_that_is_too_small_for_its_name_is_named_below() {
    let markup = stacked_share(&share_of(counted(&[2, 8, 990])), Shape::Wide);
    let placed = words_in(&markup);
    let height_of = |wanted: &str| placed.iter().find(|(.., text)| *text == wanted).unwrap().1;
    assert!(height_of("0 &lt;1%") > 46.0 && height_of("1 1%") > 46.0);
    assert!(height_of("99%") < 46.0);
}

#[test]
fn a_funnel_tells_what_is_left_of_the_first_step_and_of_the_one_before() {
    let table = funnel_of(counted(&[12_480, 3120, 2764])).table();
    let rows: Vec<_> = table.rows.into_iter().map(|row| row.join(" ")).collect();
    assert_eq!(
        rows,
        ["0 12.480 100% –", "1 3.120 25% 25%", "2 2.764 22% 89%"]
    );
}

#[test]
fn a_sparkline_breaks_where_a_value_is_missing() {
    let values = [
        Some(1.0),
        Some(2.0),
        None,
        Some(4.0),
        Some(f64::NAN),
        Some(5.0),
        Some(6.0),
    ];
    let markup = sparkline(&sparkline_of(&values));
    assert_eq!(markup.matches("<path").count(), 2);
    assert_eq!(markup.matches("<circle").count(), 2);
}

#[test]
fn a_day_with_more_to_send_has_a_larger_square() {
    let markup = calendar_strip(&calendar_of(6, "3 maart", 40), Shape::Wide);
    assert_eq!(
        markup
            .matches("aria-label=\"3 maart: 40 uitnodigingen\"")
            .count(),
        36
    );
    assert_eq!(
        words(&markup).iter().filter(|text| **text == "240").count(),
        6
    );
}

#[test]
fn both_drawings_of_a_chart_can_stand_on_one_page() {
    let readings = || [("A".to_owned(), Reading::TooFew)];
    let page: String = BOTH
        .iter()
        .map(|shape| trend(&trend_of(readings()), *shape))
        .collect();
    assert_well_formed(&page);
}

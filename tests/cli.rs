//! The program as it is called: what goes to standard output, to standard error, and the exit status.
#![cfg(feature = "server")]

use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use serde_json::{Value, json};

/// Runs `dictum` with these arguments and this input.
fn dictum(arguments: &[&str], input: impl AsRef<[u8]>) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(arguments)
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("dictum starts");
    let mut pipe = child.stdin.take().expect("piped");
    let input = input.as_ref().to_vec();
    let writer = std::thread::spawn(move || {
        // A program that ends before it has read everything is no failure of the test.
        let _ = pipe.write_all(&input);
    });
    let output = child.wait_with_output().expect("dictum ends");
    writer.join().expect("written");
    output
}

/// JSON Lines in and out, with more arguments.
fn lines(input: &str, more: &[&str]) -> (Vec<Value>, String, Option<i32>) {
    let fixed = ["extract", "--input-format", "jsonl", "--format", "jsonl", "-"];
    let output = dictum(&[&fixed[..], more].concat(), input);
    let answers = String::from_utf8(output.stdout).expect("UTF-8");
    let answers = answers.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    (answers, String::from_utf8(output.stderr).expect("UTF-8"), output.status.code())
}

fn request(content: &str) -> String {
    json!({"document": {"content": content, "documentId": "a"}}).to_string() + "\n"
}

fn ids(answers: &[Value]) -> Vec<&str> {
    answers.iter().filter_map(|answer| answer["documentId"].as_str()).collect()
}

#[test]
fn a_bad_line_is_named_and_the_others_go_on() {
    let input = "{\"document\":{\"content\":\"It was in 2021.\",\"documentId\":\"first\"}}\n\
                 {\"document\":\n\
                 \n\
                 {\"document\":{\"content\":\"\",\"documentId\":\"empty\"}}\n\
                 {\"document\":{\"content\":\"It was in 2022.\",\"documentId\":\"last\"}}";
    let (answers, errors, status) = lines(input, &[]);
    assert_eq!(ids(&answers), ["first", "last"]);
    let errors: Vec<_> = errors.lines().collect();
    assert_eq!(errors.len(), 2, "{errors:?}");
    assert!(errors[0].starts_with("dictum: standard input, line 2: EOF"), "{errors:?}");
    assert_eq!(errors[1], "dictum: standard input, line 4: document.content is empty");
    assert_eq!(status, Some(1));
}

#[test]
fn bad_requests_are_refused_by_name() {
    let large = request(&"a ".repeat(5 << 19));
    for (input, says) in [
        ("{}", "document is empty"),
        (large.as_str(), "document.content is 5242880 bytes, the limit is 1048576"),
        (r#"{"document":{"content":"x"},"options":{"kinds":[99]}}"#, "99"),
        (r#"{"document":{"content":"x"},"options":{"offsetEncoding":"UTF9"}}"#, "UTF9"),
        (
            r#"{"document":{"content":"x","timeZone":"Mars/Olympus"}}"#,
            r#"document.time_zone is "Mars/Olympus", which is no IANA time zone"#,
        ),
        (r#"{"document":{"content":"x","regionCode":"U1"}}"#, "document.region_code"),
        (r#"{"document":{"content":"x","languageCode":"e n"}}"#, "document.language_code"),
        (r#"{"document":{"content":"x","publishTime":"9999-12-31T23:00:00Z"}}"#, "9999"),
        (r#"{"document":{"content":"x"},"options":{"maxFacts":-1}}"#, "options.max_facts"),
        (r#"{"document":{"content":"x"},"options":{"minConfidence":2}}"#, "options.min_confidence"),
    ] {
        let (answers, errors, status) = lines(input, &[]);
        assert!(answers.is_empty(), "{answers:?}");
        assert!(errors.contains(says) && errors.contains("line 1"), "{errors:?}");
        assert_eq!(status, Some(1));
    }
}

#[test]
fn an_unsupported_language_is_no_error() {
    let input = r#"{"document":{"content":"Es war 2021.","languageCode":"de"}}"#;
    let (answers, errors, status) = lines(input, &[]);
    assert_eq!((errors.as_str(), status), ("", Some(0)));
    assert!(answers[0].get("languageSupported").is_none() && answers[0].get("facts").is_none());
    assert_eq!(answers[0]["languageCode"], "de");

    let (answers, _, status) = lines(&request("C'était en 2021."), &["--language", "fr-CA"]);
    assert_eq!((&answers[0]["languageCode"], status), (&json!("fr-CA"), Some(0)));
    assert!(answers[0].get("facts").is_none());
}

#[test]
fn offsets_count_what_was_asked_for() {
    let content = "\u{FEFF}👩\u{200D}🔬 e\u{301} – it was in 2021.\r\n";
    let width = |text: &str, encoding: &str| match encoding {
        "utf8" => text.len(),
        "utf16" => text.encode_utf16().count(),
        _ => text.chars().count(),
    };
    let before = content.split_once("2021").expect("there").0;
    for (encoding, named) in [
        ("utf8", "OFFSET_ENCODING_UTF8"),
        ("utf16", "OFFSET_ENCODING_UTF16"),
        ("utf32", "OFFSET_ENCODING_UTF32"),
    ] {
        let (answers, _, _) = lines(&request(content), &["--offsets", encoding, "--kinds", "date"]);
        assert_eq!(answers[0]["offsetEncoding"], named);
        let fact = &answers[0]["facts"][0];
        let begin = width(before, encoding);
        assert_eq!(fact["text"], "2021");
        assert_eq!(fact["span"], json!({"begin": begin, "end": begin + 4}));
        assert_eq!(answers[0]["processedEnd"], width(content, encoding));
    }
    let (answers, _, _) = lines(&request(content), &[]);
    assert_eq!(answers[0]["offsetEncoding"], "OFFSET_ENCODING_UTF32", "the default");
}

#[test]
fn only_the_kinds_asked_for_come() {
    let content = "It was in 2021.";
    for (kinds, many) in [("date", 1), ("commitment", 0), ("numeric,commitment", 0)] {
        let (answers, _, status) = lines(&request(content), &["--kinds", kinds]);
        let facts = answers[0]["facts"].as_array().map_or(0, Vec::len);
        assert_eq!((facts, status), (many, Some(0)), "{kinds}");
    }
    let output = dictum(&["extract", "--kinds", "prices", "-"], content);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_day_of_publication_is_one_of_the_time_zone() {
    let begin = |more: &[&str]| {
        let (answers, _, _) = lines(&request("It rained today."), more);
        answers[0]["facts"][0]["dateMention"]["time"]["begin"].as_str().map(str::to_owned)
    };
    assert_eq!(begin(&[]), None, "today is not known");
    for zone in ["UTC", "America/New_York", "Pacific/Kiritimati"] {
        let day = begin(&["--publish-time", "2024-05-17", "--time-zone", zone]);
        assert_eq!(day.as_deref(), Some("2024-05-17"), "{zone}");
    }
    let noon = ["--publish-time", "2024-05-17T12:00:00Z", "--time-zone", "Pacific/Kiritimati"];
    assert_eq!(begin(&noon).as_deref(), Some("2024-05-18"));
    let before_1970 = ["--publish-time", "1962-10-22T19:00:00.5-04:00"];
    assert_eq!(begin(&before_1970).as_deref(), Some("1962-10-22"));
}

#[test]
fn files_are_answered_in_order_and_a_missing_one_is_named() {
    let samples = samples();
    let (first, last) = (samples[0].as_str(), samples[samples.len() - 1].as_str());
    let output = dictum(&["extract", "--format", "jsonl", last, "no/such/file", first], "");
    let answers: Vec<Value> = String::from_utf8(output.stdout)
        .expect("UTF-8")
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    assert_eq!(ids(&answers), [last, first]);
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert!(errors.starts_with("dictum: no/such/file: "), "{errors}");
    assert_eq!(output.status.code(), Some(1));

    let output = dictum(&["extract", "-"], b"caf\xE9");
    let errors = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(errors, "dictum: standard input: not UTF-8 at byte 3\n");
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn the_readable_view_is_plain_in_a_pipe() {
    let text = "The bridge opened in 2021.\n\u{1B}[31m\u{202E}In 2022 \u{7}it closed.\n";
    let output = dictum(&["extract", "-"], text);
    let view = String::from_utf8(output.stdout).expect("UTF-8");
    assert!(view.contains("The author\n    date"), "{view}");
    assert!(view.contains("“2021”"), "{view}");
    assert!(!view.contains(['\u{1B}', '\u{202E}', '\u{7}']), "{view:?}");
    assert!(output.stderr.is_empty());

    let is_coloured = |variables: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_dictum"));
        command
            .args(["extract", &samples()[0]])
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        command.envs(variables.iter().map(|name| (name, "1")));
        command.output().expect("dictum runs").stdout.contains(&0x1B)
    };
    assert!(is_coloured(&["CLICOLOR_FORCE"]));
    assert!(!is_coloured(&["NO_COLOR"]));
}

/// One program stays open, and a line has its answer before the next is written.
#[test]
fn a_line_is_answered_before_the_next_is_written() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["extract", "--input-format", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("dictum starts");
    let mut input = child.stdin.take().expect("piped");
    let mut output = BufReader::new(child.stdout.take().expect("piped"));
    for year in ["2021", "2022", "2023"] {
        input.write_all(request(&format!("It was in {year}.")).as_bytes()).expect("written");
        let mut answer = String::new();
        output.read_line(&mut answer).expect("an answer");
        assert!(answer.contains(year), "{answer}");
    }
    drop(input);
    assert!(child.wait().expect("it ends").success());
}

/// A reader that has had enough, as `head` has, is no error.
#[test]
fn a_closed_pipe_is_no_error() {
    let input = request(&"It was in 2021. ".repeat(2_000)).repeat(4);
    let mut child = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .args(["extract", "--input-format", "jsonl", "--format", "jsonl", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("dictum starts");
    drop(child.stdout.take());
    let _ = child.stdin.take().expect("piped").write_all(input.as_bytes());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!(output.status.code(), Some(0));
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn completions_are_printed() {
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = dictum(&["completions", shell], "");
        assert!(output.status.success());
        assert!(String::from_utf8_lossy(&output.stdout).contains("publish-time"), "{shell}");
    }
}

#[test]
fn a_server_gives_the_same_bytes() {
    use dictum::engine::Engine;
    use dictum::server::{self, Config, LogFormat};

    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (address, admin) = runtime.block_on(async {
        let bind = || tokio::net::TcpListener::bind("127.0.0.1:0");
        let (main, admin) = (bind().await.expect("a port"), bind().await.expect("a port"));
        let addresses = (main.local_addr().expect("bound"), admin.local_addr().expect("bound"));
        let config = Config {
            listen: addresses.0,
            admin_listen: addresses.1,
            drain_delay: Duration::ZERO,
            drain_timeout: Duration::ZERO,
            log_format: LogFormat::Pretty,
            log: "error".to_owned(),
            ..Config::default()
        };
        let forever = std::future::pending();
        tokio::spawn(server::serve(main, admin, Engine::english(), config, forever));
        addresses
    });
    let endpoint = format!("http://{address}");
    let samples = samples();
    let samples: Vec<&str> = samples.iter().map(String::as_str).collect();
    for format in ["text", "json", "jsonl"] {
        let here = [&["extract", "--format", format, "--publish-time", "2024-05-17"], &samples[..]];
        let here = here.concat();
        let there = [&["extract", "--endpoint", &endpoint], &here[1..]].concat();
        let (here, there) = (dictum(&here, ""), dictum(&there, ""));
        assert!(there.status.success(), "{}", String::from_utf8_lossy(&there.stderr));
        assert!(here.stdout == there.stdout && !here.stdout.is_empty(), "{format}");
    }
    let refused = dictum(&["extract", "--endpoint", &endpoint, "-"], "");
    let errors = String::from_utf8_lossy(&refused.stderr);
    assert_eq!(
        errors,
        "dictum: standard input: InvalidArgument: document.content is empty (FIELD_EMPTY)\n"
    );
    assert_eq!(refused.status.code(), Some(1));

    let health = |endpoint: &str| dictum(&["health", "--endpoint", endpoint], "").status.code();
    assert_eq!(health(&format!("http://{admin}")), Some(0));
    assert_eq!(health(&endpoint), Some(0));
    drop(runtime);
    assert_eq!(health(&endpoint), Some(1));
    let gone = dictum(&["extract", "--endpoint", &endpoint, "-"], "x");
    assert_eq!(gone.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&gone.stderr).contains(&endpoint));
}

fn samples() -> Vec<String> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("examples/articles");
    let files = std::fs::read_dir(folder).expect("the samples");
    let mut files: Vec<_> =
        files.map(|file| file.expect("a file").path().display().to_string()).collect();
    files.sort();
    files
}

/// Runs `dictum serve` with these arguments and variables; it must end by itself.
fn serve(arguments: &[&str], variables: &[(&str, &str)]) -> (String, String, Option<i32>) {
    let output = Command::new(env!("CARGO_BIN_EXE_dictum"))
        .arg("serve")
        .args(arguments)
        .envs(variables.iter().copied())
        .output()
        .expect("dictum ends");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// The schema in `docs/` is the program's own, and each bound in it is the program's.
#[test]
fn the_configuration_schema_is_true() {
    let (schema, _, status) = serve(&["--config-schema"], &[]);
    assert_eq!(status, Some(0));
    let written = include_str!("../docs/config-schema.json");
    assert_eq!(schema, written, "dictum serve --config-schema > docs/config-schema.json");
    let schema: Value = serde_json::from_str(&schema).expect("JSON");
    let directory = tempfile("schema");
    for (key, property) in schema["properties"].as_object().expect("properties") {
        let variable = property["x-env-variable"].as_str().expect("a variable");
        let flag = property["x-flag"].as_str().expect("a flag");
        // What it names as default is good in all three ways, and is told to come from there.
        let default = &property["default"];
        let plain = default.as_str().map_or_else(|| default.to_string(), str::to_owned);
        let file = directory.join(format!("{key}.toml"));
        std::fs::write(&file, format!("{key} = {default}\n")).expect("written");
        let file = file.to_str().expect("UTF-8");
        for (arguments, variables, source) in [
            (vec!["--config", file], vec![], format!("# file {file}")),
            (
                vec!["--config", file],
                vec![(variable, plain.as_str())],
                format!("# environment {variable}"),
            ),
            (
                vec!["--config", file, flag, &plain],
                vec![(variable, "wrong")],
                format!("# flag {flag}"),
            ),
        ] {
            let (printed, errors, status) =
                serve(&[&["--print-config"], &arguments[..]].concat(), &variables);
            assert_eq!(status, Some(0), "{key}: {errors}");
            let line = printed.lines().find(|line| line.starts_with(&format!("{key} = ")));
            assert!(line.is_some_and(|line| line.ends_with(&source)), "{line:?}, not {source}");
        }
        // What lies outside of its bounds is refused by name.
        let bounds = [
            property["minimum"].as_f64().map(|least| least - 1.0),
            property["maximum"].as_f64().map(|most| most + 1.0),
        ];
        for bad in bounds.into_iter().flatten() {
            let (_, errors, status) = serve(&["--check-config", flag, &bad.to_string()], &[]);
            assert_eq!(status, Some(1), "{flag} {bad}");
            assert!(errors.contains(&format!("{key} is \"{bad}\" (flag {flag})")), "{errors}");
        }
    }
}

#[test]
fn every_bad_setting_is_told_at_once() {
    let (_, errors, status) = serve(
        &["--check-config", "--max-facts", "0", "--drain-delay", "soon"],
        &[("DICTUM_LISTEN", "nowhere"), ("DICTUM_LOG_FORMAT", "xml")],
    );
    assert_eq!((status, errors.lines().count()), (Some(1), 4), "{errors}");
    for says in ["max_facts", "drain_delay", "environment DICTUM_LISTEN", "json or pretty"] {
        assert!(errors.contains(says), "{says} not in {errors}");
    }
    let (_, errors, status) = serve(&["--check-config", "--config", "/no/such/file"], &[]);
    assert!(status == Some(1) && errors.contains("/no/such/file"), "{errors}");
}

/// A directory of one test's own.
fn tempfile(name: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&directory).expect("created");
    directory
}

use super::check;

#[test]
fn what_surrounds_the_content_is_left_out() {
    let page = r#"<!doctype html><html lang="en"><head><title>A review</title><style>p{}</style></head><body>
        <div class="cookie-banner"><p>We use cookies.</p></div>
        <header><nav><ul><li><a href="/">Home</a></li></ul></nav></header>
        <main><nav class="breadcrumb"><a href="/">Home</a> &gt; Reviews</nav>
          <h1>Child Kestrel</h1><p>The Board <strong>accepted</strong> all of it.</p>
          <aside class="related"><h2>Related pages</h2><ul><li><a href="/a">Another page</a></li></ul></aside>
        </main>
        <footer><p>Contact us</p></footer><script>var x = "<p>no</p>";</script></body></html>"#;
    check(
        page.as_bytes(),
        "
        # 1
        h1: Child Kestrel
        p: The Board accepted all of it.",
    );
}

#[test]
fn lists_are_numbered_as_a_browser_numbers_them() {
    let page = "<body><h1>Recommendations</h1><ol start=3><li><p>Three</p><p>and more</p></li>\
                <li>Four<ol type=a><li>Deeper</li></ol></li><li value=9>Nine</li></ol>\
                <ul><li>Bullet</li><li>R1. Typed</li></ul></body>";
    check(
        page.as_bytes(),
        "
        # 1
        h1: Recommendations
        li0 3: Three
        p: and more
        li0 4: Four
        li1 a: Deeper
        li0 9: Nine
        li0 •: Bullet
        li0 •: R1. Typed",
    );
}

#[test]
fn collapsed_parts_are_read() {
    let page = r#"<body><main><h2>Questions</h2>
        <details><summary>What did we find?</summary><p>Much.</p></details>
        <h3><button aria-expanded="false" aria-controls="p1">What next?</button></h3>
        <div id="p1" hidden><p>A plan.</p></div>
        <div hidden><p>Never shown.</p></div></main></body>"#;
    check(
        page.as_bytes(),
        "
        # 1
        h2: Questions
        h3: What did we find?
        p: Much.
        h3: What next?
        p: A plan.",
    );
}

#[test]
fn tables_keep_columns_under_spans() {
    let page = r#"<body><table><thead><tr><th>No</th><th>Action</th><th>Status</th></tr></thead>
        <tr><td rowspan=2>1</td><td>First</td><td style="background: #0f0">Green</td></tr>
        <tr><td colspan=2>Second<ul><li>a</li><li>b</li></ul></td></tr></table></body>"#;
    check(
        page.as_bytes(),
        "
        # 1
        row1 head: No | Action | Status
        row1: 1 | First | Green
        row1: 1 | Second a b",
    );
}

#[test]
fn text_between_blocks_and_double_breaks_make_paragraphs() {
    let page = "<html><body>Loose text<div>A block<br>of two lines<br><br>and a second paragraph</div>after it</body></html>";
    check(
        page.as_bytes(),
        "
        # 1
        p: Loose text
        p: A block of two lines
        p: and a second paragraph
        p: after it",
    );
}

/// How a page looks: in the colours of day and night, on a telephone, and on paper.
enum PageStyle {
  static let text = """
    :root { color-scheme: light dark; --back: #ffffff; --raised: #f3f5f7; --text: #1b2026;
      --quiet: #55606b; --edge: #c9d0d6; --link: #0b57b0; --good: #0f6a37; --bad: #b3171f;
      --doubtful: #7a5200; --event: #2563a8; }
    @media (prefers-color-scheme: dark) {
      :root { --back: #14181c; --raised: #1e2429; --text: #e6eaee; --quiet: #a4afb9;
        --edge: #3d474f; --link: #8ab8ff; --good: #6fd197; --bad: #ff8f8a; --doubtful: #e7bb5c;
        --event: #7fb2f0; } }
    * { box-sizing: border-box; }
    body { margin: 0; background: var(--back); color: var(--text);
      font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
    main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
    h1 { font-size: 1.5rem; line-height: 1.25; margin: .5rem 0 1rem; }
    h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
    p { margin: .25rem 0; }
    a { color: var(--link); }
    code, pre { font: .875em/1.5 ui-monospace, monospace; }
    code { overflow-wrap: anywhere; }
    footer, .notes { color: var(--quiet); }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; margin: 0 0 1rem;
      list-style: none; }
    ul, dl { margin: .5rem 0; }
    .notes { padding: 0; list-style: none; }
    dt { font-weight: 600; }
    dd { margin: 0 0 .5rem 1rem; }
    .scroll { overflow-x: auto; margin: .5rem 0; }
    table { border-collapse: collapse; overflow-wrap: normal; }
    caption { text-align: left; color: var(--quiet); padding: .25rem 0; }
    th, td { text-align: left; vertical-align: top; padding: .3rem .75rem .3rem 0;
      border-bottom: 1px solid var(--edge); }
    th { font-weight: 600; }
    thead th { white-space: nowrap; }
    th button { font: inherit; color: inherit; background: none; border: 0; padding: 0;
      cursor: pointer; text-decoration: underline dotted; text-underline-offset: .2em; }
    th[aria-sort=ascending] button::after { content: " \\2191"; }
    th[aria-sort=descending] button::after { content: " \\2193"; }
    .status { font-weight: 600; white-space: nowrap; }
    .good { color: var(--good); }
    .bad { color: var(--bad); }
    .doubtful { color: var(--doubtful); }
    .statuses { list-style: none; padding: 0; }
    .statuses li { display: grid; grid-template-columns: 6.5rem 1fr; gap: 0 .5rem; padding: .5rem 0;
      border-bottom: 1px solid var(--edge); }
    .statuses .title { font-weight: 600; margin: 0; }
    figure { margin: .75rem 0; }
    .code { background: var(--raised); border: 1px solid var(--edge); border-radius: 6px; }
    .code figcaption { display: flex; justify-content: space-between; align-items: center;
      gap: 1rem; min-height: 2.5rem; padding: .25rem .75rem; border-bottom: 1px solid var(--edge); }
    .code pre { margin: 0; padding: .75rem; overflow-x: auto; overflow-wrap: normal; }
    .copy { font: inherit; font-size: .875rem; color: var(--text); background: var(--back);
      border: 1px solid var(--edge); border-radius: 4px; padding: .1rem .6rem; cursor: pointer; }
    .lane { display: grid; grid-template-columns: 11rem 1fr 12rem; gap: 0 1rem; align-items: center; }
    .lane .label { text-align: right; color: var(--quiet); }
    .lane .end { font-weight: 600; }
    .strip { display: block; width: 100%; overflow: visible; }
    .mark { overflow: visible; }
    .course { stroke: var(--quiet); stroke-width: 1.5; fill: none; }
    rect.event { fill: var(--event); opacity: .4; }
    rect.ending { fill: var(--bad); opacity: .4; }
    path.event { fill: var(--event); fill-rule: evenodd; }
    path.ending { fill: var(--bad); }
    .axis line { stroke: var(--quiet); }
    .axis text { fill: var(--quiet); font-size: 11px; }
    .legend { display: flex; flex-wrap: wrap; gap: .1rem 1rem; padding: 0; list-style: none;
      color: var(--quiet); font-size: .875rem; }
    .legend svg { vertical-align: -2px; }
    summary { cursor: pointer; color: var(--link); }
    :focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
    @media (max-width: 48rem) {
      .lane { grid-template-columns: 1fr auto; }
      .lane .label { text-align: left; }
      .lane .end { grid-column: 2; grid-row: 1; }
      .lane .strip { grid-column: 1 / 3; }
      .axis .label, .axis .end { display: none; }
      .statuses li { grid-template-columns: 1fr; } }
    @media print {
      :root { --back: #ffffff; --raised: #ffffff; --text: #000000; --quiet: #444444;
        --edge: #999999; --link: #000000; --good: #0f6a37; --bad: #b3171f; --doubtful: #7a5200;
        --event: #2563a8; color-scheme: light; }
      body { font-size: 10pt; }
      main, footer { max-width: none; padding: 0; }
      nav, .copy { display: none; }
      .scroll, .code pre { overflow: visible; }
      .code pre { white-space: pre-wrap; }
      h2 { break-after: avoid; }
      figure, tr, .statuses li, .lane { break-inside: avoid; }
      * { print-color-adjust: exact; } }

    """
}

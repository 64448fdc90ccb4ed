extension HTML {
    /// The look of the page; colours are those of the charts.
    static let styleSheet = """
        :root { --page: #f4f6f8; --good: #1d7a4c; --bad: var(--danger); --caution: #94560a; }
        @media (prefers-color-scheme: dark) {
          :root { --page: #0f1317; --good: #63cf98; --caution: var(--warning); }
        }
        * { box-sizing: border-box; }
        body {
          margin: 0 auto; max-width: 1064px; padding: 28px 20px 48px;
          background: var(--page); color: var(--ink);
          font: 16px/1.55 system-ui, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
        }
        h1, h2, h3, p { margin: 0; overflow-wrap: anywhere; }
        h1 { font-size: 1.5rem; line-height: 1.25; }
        h2 { font-size: 1.25rem; line-height: 1.3; }
        h3 { font-size: 1rem; margin: 0 0 6px; }
        .note { color: var(--muted); font-size: 0.875rem; }
        .deployment {
          margin-top: 20px; padding: 24px 32px 32px; display: grid; gap: 20px;
          grid-template-columns: minmax(0, 1fr);
          background: var(--surface); border: 1px solid var(--line); border-radius: 12px;
        }
        .badge {
          display: inline-block; padding: 1px 10px; border: 1.5px solid currentColor;
          border-radius: 99px; font-size: 0.8rem; font-weight: 600; vertical-align: 3px;
        }
        .badge.good { color: var(--good); }
        .badge.caution { color: var(--caution); }
        .badge.bad { color: var(--bad); }
        .lead { font-size: 1.35rem; line-height: 1.35; font-weight: 600; text-wrap: balance; }
        .tiles {
          display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 12px;
          margin: 0;
        }
        .tiles div {
          display: flex; flex-direction: column-reverse; justify-content: flex-end;
          padding: 12px 16px; background: var(--page); border-radius: 8px;
        }
        .tiles dt { color: var(--muted); font-size: 0.875rem; line-height: 1.35; }
        .tiles dd {
          margin: 0; font-size: 1.6rem; line-height: 1.3; font-weight: 650;
          font-variant-numeric: tabular-nums;
        }
        .tiles .bad dd { color: var(--bad); }
        figure.timeline { margin: 4px 0; }
        figure.timeline svg { display: block; width: 100%; height: auto; }
        figure.timeline .narrow { display: none; }
        .tables { display: grid; gap: 24px 40px; grid-template-columns: minmax(0, 1fr); }
        .scroll { position: relative; overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
        caption {
          position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);
        }
        th, td { padding: 5px 12px 5px 0; border-bottom: 1px solid var(--line); text-align: left; }
        th:last-child, td:last-child { padding-right: 0; }
        thead th { color: var(--muted); font-weight: 500; white-space: nowrap; }
        tbody th { font-weight: 500; }
        .number {
          text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums;
        }
        .events td { overflow-wrap: anywhere; }
        .events th { vertical-align: top; font-variant-numeric: tabular-nums; }
        .events th:first-child { width: 4.5em; }
        .parts { display: flex; flex-wrap: wrap; gap: 6px; margin: 4px 0 10px; padding: 0; }
        .parts li {
          list-style: none; padding: 2px 12px; border: 1px solid var(--line); border-radius: 99px;
          font-size: 0.9rem;
        }
        .parts.touched li { background: var(--s1); color: var(--s1-on); border-color: var(--s1); }
        details summary { cursor: pointer; padding: 8px 0; color: var(--s1-ink); }
        footer { margin-top: 20px; }
        @media (min-width: 860px) {
          .tables { grid-template-columns: minmax(0, 3fr) minmax(0, 2fr); }
          .tables > :nth-child(n + 3) { grid-column: 1 / -1; }
        }
        @media (max-width: 640px) {
          body { padding: 16px 8px 32px; }
          header, footer { padding: 0 10px; }
          .deployment { padding: 16px 12px 20px; }
          .lead { font-size: 1.15rem; }
          .tiles { grid-template-columns: 1fr 1fr; gap: 8px; }
          .tiles div { padding: 10px 12px; }
          .tiles dd { font-size: 1.3rem; }
          figure.timeline .wide { display: none; }
          figure.timeline .narrow { display: block; }
          figure.timeline .narrow svg { max-width: 500px; }
          th, td { padding-right: 9px; font-size: 0.85rem; }
        }
        @media print {
          body { background: none; max-width: none; padding: 0; }
          .deployment { border: 0; padding: 0; }
          figure, tr { break-inside: avoid; }
        }

        """
}

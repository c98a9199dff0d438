#include "report/style.hpp"

namespace tidemark {

const std::string_view report_style = R"(
:root { color-scheme: light dark; --back: #ffffff; --raised: #f6f8fa; --text: #1b1f24;
  --quiet: #57606a; --line: #d0d7de; --good: #1a7f37; --bad: #b42318; --doubtful: #8a5a00;
  --other: #0a5ccc; }
@media (prefers-color-scheme: dark) { :root { --back: #0d1117; --raised: #161b22; --text: #e6edf3;
  --quiet: #9da7b1; --line: #3a424c; --good: #3fb950; --bad: #ff8177; --doubtful: #e0a32e;
  --other: #6cb2ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 0 1rem 3rem; max-width: 75rem; background: var(--back);
  color: var(--text); font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 1.2rem 0 0; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 0 0 .6rem; scroll-margin-top: 1rem; }
h3 { font-size: 1rem; margin: 1.4rem 0 .4rem; }
header p, footer p, section > p { color: var(--quiet); margin: .2rem 0 .8rem; }
main > section { margin-top: 2.4rem; padding-top: 1rem; border-top: 1px solid var(--line); }
a { color: var(--other); }
:focus-visible { outline: 3px solid var(--other); outline-offset: 2px; }
nav ul { display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; margin: .6rem 0; padding: 0;
  list-style: none; }
main > .verdict { border: 1px solid var(--line); border-left: .5rem solid var(--bad);
  border-radius: .4rem; background: var(--raised); padding: .8rem 1rem; margin-top: 1rem; }
main > .verdict.well { border-left-color: var(--good); }
.verdict ul { margin: 0; padding-left: 1.2rem; overflow-wrap: anywhere; }
.wide { overflow-x: auto; margin: .4rem 0 .8rem; }
table { border-collapse: collapse; width: 100%; min-width: 42rem; font-size: .9rem; }
caption { text-align: left; color: var(--quiet); padding-bottom: .3rem; }
th, td { text-align: left; vertical-align: top; padding: .3rem .6rem;
  border-bottom: 1px solid var(--line); }
tbody th { font-weight: 600; min-width: 8rem; max-width: 18rem;
  overflow-wrap: break-word; }
thead th { color: var(--quiet); font-weight: 600; vertical-align: bottom; white-space: nowrap; }
tbody tr:hover { background: var(--raised); }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.good, td.bad, td.doubtful, td.other { font-weight: 600; }
.good { color: var(--good); fill: var(--good); }
.bad { color: var(--bad); fill: var(--bad); }
.doubtful { color: var(--doubtful); fill: var(--doubtful); }
.other { color: var(--other); fill: var(--other); }
td.good::before { content: "\2713\00a0"; }
td.bad::before { content: "\2717\00a0"; }
td.doubtful::before { content: "!\00a0"; }
svg { display: block; }
svg text { fill: var(--text); font-size: 13px; }
.chart { width: 100%; min-width: 45rem; height: auto; }
.time, td.good, td.bad, td.doubtful, td.other { white-space: nowrap; }
.grid { stroke: var(--line); stroke-width: 1; }
.track { fill: var(--line); }
.task { fill: var(--text); }
.level { stroke: var(--quiet); stroke-width: 1.5; stroke-dasharray: 4 3; }
.age .level { stroke: var(--text); stroke-dasharray: none; }
.limit { stroke: var(--text); stroke-width: 3; }
.last { fill: var(--other); }
polyline { fill: none; stroke: var(--other); stroke-width: 1.5; stroke-linejoin: round; }
details { margin: .3rem 0; }
summary { cursor: pointer; overflow-wrap: anywhere; }
code, pre { font: .85rem/1.45 ui-monospace, "Cascadia Mono", Consolas, monospace; }
pre { margin: .4rem 0; padding: .6rem; max-height: 24rem; overflow: auto; background: var(--raised);
  border: 1px solid var(--line); border-radius: .3rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
ul.plain { list-style: none; margin: 0; padding: 0; }
ul.plain > li { border-bottom: 1px solid var(--line); }
footer { margin-top: 2rem; border-top: 1px solid var(--line); padding-top: .6rem; }
@media print { :root { color-scheme: light; --back: #ffffff; --raised: #ffffff; --text: #000000;
  --quiet: #333333; --line: #999999; --good: #1a7f37; --bad: #b42318; --doubtful: #8a5a00;
  --other: #0a5ccc; } nav { display: none; } body { max-width: none; font-size: 9pt; }
  .wide { overflow: visible; } table { min-width: 0; } .chart { min-width: 0; } pre { max-height: none; }
  tr, svg { break-inside: avoid; } h2, h3 { break-after: avoid; }
  * { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
)";

const std::string_view report_style_sha256 = "s1ChCayV5RyZuUg7YNQli3KP4odzVdj/tAgHhgja8PU=";

} // namespace tidemark

"""What the report of a map adds to the look of the synthesis report: groups by colour and by shape."""

from essor.console.synthesis_style import STYLE as BASE

GROUPS = 6  # colours and shapes before they come again
MORE = """
:root{--g0:#0b6b6b;--g1:#b4431f;--g2:#3c5aa6;--g3:#7a4a9e;--g4:#6a6a00;--g5:#8a3558}
@media(prefers-color-scheme:dark){:root{--g0:#63c3bd;--g1:#ee8a66;--g2:#93aef0;--g3:#c9a0e8;--g4:#cfcf6a;
--g5:#e597b8}}
.plot{width:100%;height:auto;display:block;background:var(--card);border:1px solid var(--line);
border-radius:14px}
.plot .axis{stroke:var(--line);stroke-width:1}
.plot text{fill:var(--ink);font-size:16px;font-weight:650;text-anchor:middle;paint-order:stroke;
stroke:var(--card);stroke-width:5px;stroke-linejoin:round}
.plot path{fill-opacity:.6}
.plot .none{fill:var(--soft);fill-opacity:.35}
.g0{fill:var(--g0)}.g1{fill:var(--g1)}.g2{fill:var(--g2)}.g3{fill:var(--g3)}.g4{fill:var(--g4)}.g5{fill:var(--g5)}
.key{list-style:none;margin:12px 0 0;padding:0;display:flex;flex-wrap:wrap;gap:8px 24px}
.key svg{width:18px;height:18px;vertical-align:-3px;margin-right:6px}
.said{margin:0 0 14px;max-width:70ch;overflow-wrap:anywhere}
.said b{font-weight:650}
.said span{display:block;color:var(--soft);font-size:.95rem}
.wide{overflow-x:auto}
h3{font-size:1.2rem;margin:0}
td.n,th.n{text-align:right}
.wide td:not(:first-child),.wide th{overflow-wrap:normal;white-space:nowrap}
.wide td:first-child{min-width:15rem}
.key .none{fill:var(--soft)}
article.b0{border-left-color:var(--g0)}article.b1{border-left-color:var(--g1)}
article.b2{border-left-color:var(--g2)}article.b3{border-left-color:var(--g3)}
article.b4{border-left-color:var(--g4)}article.b5{border-left-color:var(--g5)}
.wide:focus-visible{outline-offset:4px}
@media print{.plot{break-inside:avoid}details{display:block}}
"""
STYLE = BASE + MORE

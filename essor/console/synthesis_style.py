"""The look of the synthesis report: one sheet, no request to anywhere, light, dark and paper."""

STYLE = """
:root{color-scheme:light dark;--paper:#faf7f1;--card:#fffdf9;--ink:#1d2a2c;--soft:#52605f;--line:#e3dccf;
--thread:#c9542f;--listen:#0b6b6b;--need:#8a5200;--track:#efe9dd}
@media(prefers-color-scheme:dark){:root{--paper:#161d1e;--card:#1e2728;--ink:#f0ebe1;--soft:#b3bdb9;
--line:#3a4545;--thread:#ee8a66;--listen:#63c3bd;--need:#e2ab5c;--track:#2a3435}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:18px/1.55 "Source Sans 3","Source Sans Pro",
system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;font-variant-numeric:tabular-nums}
main,header,footer{max-width:1040px;margin:0 auto;padding:0 24px}
header{padding-top:56px}
h1,h2{font-family:Fraunces,Georgia,"Times New Roman",serif;font-weight:560;line-height:1.15;margin:0}
h1{font-size:clamp(2rem,5vw,3rem)}
h2{font-size:1.5rem}
.source{color:var(--soft);margin:0 0 8px}
.lead{font-size:1.15rem;max-width:62ch;margin:16px 0 32px}
section{margin:0 0 56px}
section>h2{margin-bottom:16px}
.glance{display:grid;gap:32px;grid-template-columns:minmax(0,1fr) minmax(0,1fr);align-items:center}
@media(max-width:760px){.glance{grid-template-columns:minmax(0,1fr)}body{font-size:17px}header{padding-top:32px}}
.map{width:100%;height:auto;display:block}
.map circle{fill:var(--listen);fill-opacity:.1;stroke:var(--listen);stroke-width:1.5}
.map .dot{fill:var(--listen);fill-opacity:.45;stroke:none}
.map .few{fill:var(--thread);fill-opacity:.9}
.map text{fill:var(--ink);font-size:15px;font-weight:600;text-anchor:middle;paint-order:stroke;
stroke:var(--paper);stroke-width:4px;stroke-linejoin:round}
.bars{list-style:none;margin:0;padding:0}
.bars li{margin:0 0 4px}
.bars a{display:block;color:inherit;text-decoration:none;padding:8px 0;min-height:44px}
.bars a:hover .name,.bars a:focus-visible .name{text-decoration:underline}
.bars .row{display:flex;justify-content:space-between;gap:16px}
.bars .count{color:var(--soft);white-space:nowrap}
.track{display:block;height:6px;border-radius:3px;background:var(--track);margin-top:4px;overflow:hidden}
.track i{display:block;height:100%;background:var(--listen);border-radius:3px}
article{background:var(--card);border:1px solid var(--line);border-left:4px solid var(--listen);
border-radius:14px;padding:24px 28px;margin:0 0 24px}
.facts{color:var(--soft);margin:4px 0 12px}
.fragile{color:var(--need);font-weight:600}
.terms{margin:0 0 16px;color:var(--soft)}
blockquote{margin:0 0 12px;padding:0 0 0 16px;border-left:2px solid var(--thread);max-width:68ch;
white-space:pre-line;overflow-wrap:anywhere}
blockquote cite{display:block;font-style:normal;font-size:.85rem;color:var(--soft)}
details{border-top:1px solid var(--line);padding-top:4px}
summary{cursor:pointer;padding:10px 0;min-height:44px;color:var(--listen);font-weight:600}
.inside{list-style:none;margin:0;padding:0}
.inside li{padding:10px 0;border-top:1px solid var(--line)}
.inside li:first-child{border-top:0}
.inside p{margin:2px 0 0;color:var(--soft);max-width:68ch;overflow-wrap:anywhere}
.few-voices{color:var(--thread);font-weight:600}
.steps li{margin:0 0 6px;max-width:70ch}
table{border-collapse:collapse;width:100%;font-size:.95rem}
th,td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;border-top:1px solid var(--line);
overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.9rem;padding-bottom:64px}
a{color:var(--listen)}
:focus-visible{outline:3px solid var(--thread);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-999px}.skip:focus{left:16px;top:16px;background:var(--card);padding:8px 16px}
@media print{body{background:#fff;color:#000;font-size:11pt}article{break-inside:avoid;border-color:#999}
.skip{display:none}details>*{display:block}}
"""

import { Html } from './html';

/** Looks like n8n's forms, on phones and in the dark, too. Nothing is loaded from elsewhere. */
export const STYLE = new Html(`<style>
:root {
	--page: #fbfcfe; --card: #fff; --line: #dbdfe7; --text: #3b3c40; --soft: #6f7381; --accent: #ff6d5a;
	--good: #1a7f4b; --bad: #c4341f; --bar: #eceff4; --asked: #fff6e5; --asked-line: #f0c36d; --link: #c2402d;
}
@media (prefers-color-scheme: dark) {
	:root {
		--page: #1b1c20; --card: #26272c; --line: #3c3e46; --text: #e3e5ea; --soft: #a0a4b0; --good: #5ec995;
		--bad: #ff8a75; --bar: #393b43; --asked: #3a3222; --asked-line: #8a6a2a; --link: #ff9a8b;
	}
}
* { box-sizing: border-box; }
body {
	margin: 0; background: var(--page); color: var(--text);
	font: 15px/1.5 'Open Sans', system-ui, -apple-system, 'Segoe UI', sans-serif;
}
main { max-width: 860px; margin: 0 auto; padding: 24px 16px 48px; }
section {
	background: var(--card); border: 1px solid var(--line); border-radius: 8px; padding: 20px 24px; margin: 0 0 16px;
}
h1 { font-size: 21px; font-weight: 600; line-height: 1.3; margin: 0 0 4px; overflow-wrap: anywhere; }
h2 { font-size: 16px; font-weight: 600; margin: 0 0 10px; }
h3 { font-size: 14px; font-weight: 600; margin: 16px 0 6px; overflow-wrap: anywhere; }
p { margin: 0 0 10px; overflow-wrap: anywhere; }
p:last-child { margin-bottom: 0; }
a { color: var(--link); }
.note { color: var(--soft); font-size: 13px; }
.state { font-weight: 600; }
.good, .good dd { color: var(--good); }
.bad, .bad dd { color: var(--bad); }
nav { font-size: 13px; margin: 0 4px 10px; }
.bar { height: 14px; border-radius: 7px; background: var(--bar); overflow: hidden; margin: 14px 0 6px; }
.bar span { display: block; height: 100%; border-radius: 7px; background: var(--accent); }
.bar.ended span { background: var(--good); }
.bar.broken span { background: var(--soft); }
.bar.unknown span { width: 100%; opacity: .35; }
.figures { display: grid; grid-template-columns: repeat(auto-fill, minmax(120px, 1fr)); gap: 14px; margin: 14px 0 0; }
.figures div { margin: 0; }
.figures dt { color: var(--soft); font-size: 12px; }
.figures dd { margin: 0; font-size: 19px; font-weight: 600; font-variant-numeric: tabular-nums; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th { text-align: left; color: var(--soft); font-weight: 600; }
th, td { padding: 6px 14px 6px 0; border-bottom: 1px solid var(--line); vertical-align: top; }
tr:last-child td { border-bottom: 0; }
td { overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
td.number, th.number { padding-right: 20px; }
td code, .label { display: inline-block; max-width: 24ch; overflow-wrap: break-word; }
.label { min-width: 12ch; }
td code { min-width: 9ch; }
td:last-child:not(.number) { min-width: 22ch; }
.outcome { white-space: nowrap; }
.scroll + .note { margin-top: 14px; }
.changes > .note { font-weight: 600; margin-right: 8px; }
.changes > span + span { margin-right: 14px; display: inline-block; }
.asked { background: var(--asked); border-color: var(--asked-line); }
.actions { display: flex; flex-wrap: wrap; gap: 10px; align-items: center; margin-top: 18px; }
.actions form { margin: 0; }
button, .button {
	font: inherit; font-weight: 600; padding: 9px 18px; border-radius: 4px; border: 1px solid var(--line);
	background: var(--card); color: var(--text); cursor: pointer; text-decoration: none; display: inline-block;
}
details.confirm[open] { flex-basis: 100%; order: 1; }
summary.button { list-style: none; }
summary.button::-webkit-details-marker { display: none; }
details.confirm p { margin: 12px 0; }
button.main { background: var(--accent); border-color: var(--accent); color: #fff; }
fieldset { border: 0; margin: 0 0 12px; padding: 0; }
legend { padding: 0; margin-bottom: 4px; }
label { display: inline-block; margin-right: 18px; }
code { font-family: ui-monospace, Menlo, monospace; font-size: 12px; overflow-wrap: anywhere; }
del { color: var(--soft); }
@media (max-width: 520px) {
	section { padding: 16px; }
	.actions form, .actions details, .actions button, .actions .button { width: 100%; text-align: center; }
}
</style>`);

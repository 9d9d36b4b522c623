import { html } from './html';

test('texts are texts, wherever they stand, and pieces stay pieces', () => {
	const name = `<img src=x onerror="alert('1')">&amp;`;
	const escaped = '&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt;&amp;amp;';
	expect(html`<b title="${name}">${name}</b>`.text).toBe(`<b title="${escaped}">${escaped}</b>`);
	const rows = ['<a>', 'b'].map((text) => html`<i>${text}</i>`);
	expect(html`<p>${rows}${0}${null}${false}</p>`.text).toBe('<p><i>&lt;a&gt;</i><i>b</i>0</p>');
});

/** Articles with special content: formulas, footnotes, controls, collapsible content, and content that cannot be shown. */

/** One formula as KaTeX writes it. */
const katex = (math: string, visual: string, display = ''): string =>
	`<span class="katex"><span class="katex-mathml"><math${display}>${math}</math></span><span class="katex-html" aria-hidden="true">${visual}</span></span>`;

const WAVE =
	'<mrow><mi>c</mi><mo>=</mo><msqrt><mrow><mfrac><mrow><mi>g</mi><mi>λ</mi></mrow><mrow><mn>2</mn><mi>π</mi></mrow></mfrac><mi>tanh</mi><mo>(</mo><mfrac><mrow><mn>2</mn><mi>π</mi><mi>h</mi></mrow><mi>λ</mi></mfrac><mo>)</mo></mrow></msqrt></mrow>';
const SUM =
	'<mrow><mi>η</mi><mo>(</mo><mi>t</mi><mo>)</mo><mo>=</mo><munderover><mo>∑</mo><mrow><mi>n</mi><mo>=</mo><mn>1</mn></mrow><mi>N</mi></munderover><msub><mi>H</mi><mi>n</mi></msub><mi>cos</mi><mo>(</mo><msub><mi>ω</mi><mi>n</mi></msub><mi>t</mi><mo>+</mo><msub><mi>φ</mi><mi>n</mi></msub><mo>)</mo></mrow>';
const CASES =
	'<mrow><mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo><mo>=</mo><mrow><mo>{</mo><mtable columnalign="left left"><mtr><mtd><mn>0</mn></mtd><mtd><mtext>at low water,</mtext></mtd></mtr><mtr><mtd><msup><mi>x</mi><mn>2</mn></msup></mtd><mtd><mtext>else</mtext></mtd></mtr></mtable></mrow></mrow>';

export const PARTS_EN = `<!--1639640221000-->
[How high the sea is, in numbers](https://courier.example/2021/numbers/)
------

<p>The basin takes about 2×<math><msup><mn>10</mn><mn>6</mn></msup></math> litres, and <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math> of it leaves with each ebb<sup id="r1"><a href="#n1">1</a></sup>. A gauge that stands in <math><mi mathvariant="double-struck">R</mi></math> cannot be <mark>wrong</mark><!-- note: Says who? --> by more than <math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math> weighs<sup id="r2"><a href="https://courier.example/2021/numbers/#n2">2</a></sup>.</p><h2>On ${katex('<semantics><mrow><mi>η</mi></mrow><annotation encoding="application/x-tex">\\eta</annotation></semantics>', '<span>η</span>')}, the height</h2><p>Waves run at ${katex(WAVE, 'c=gλ', ' display="block"')} and the tide is a sum of them, ${katex(SUM, 'sum', ' display="block"')} which is why the harbour master keeps ${katex('<menclose notation="updiagonalstrike"><mn>37</mn></menclose><mo>→</mo><mn>38</mn>', '37')} numbers and a table: <math display="block">${CASES}</math></p><ul><li><input type="checkbox" checked disabled> Gauge read</li><li><input type="checkbox" disabled> Gauge cleaned, and the float dried</li></ul><svg width="600" height="240"><title>Heights by month</title><desc>Twelve bars, the highest in October</desc><rect width="9" height="9"/></svg><p dir="rtl" lang="ar">قال مدير الميناء: «الماء يرتفع كل عام»، ثم عاد إلى مكتبه.</p><p>מדד הגאות עומד על הרציף מאז 1931.</p><form action="/letter"><p>Our letter, once a week: <input type="email" placeholder="Your e-mail" aria-label="E-mail"> <select><option>Weekly</option><option>Daily</option></select> <button>Sign up</button></p></form><details><summary>How the numbers were made</summary><p>By hand, each Monday, with a pencil.</p></details><iframe src="https://video.example/embed/1" title="The gauge at work"></iframe><p class="sr-only">Skip to the comments</p><p hidden>Not <mark>shown</mark><!-- check: Is this said anywhere? --></p><ol><li id="n1">Measured in 1931 and again in 1978. <a href="#r1" title="Back">↩</a></li><li id="n2">It weighs more when it is cold. <a href="#r2" title="Back">↩</a></li></ol>
`;

export const PARTS_ZH = `<!--1639640221000-->
[潮有多高：算一算](https://dukou.example/2021/suan/)
------

<p>码头的水池能装大约 2×<math><msup><mn>10</mn><mn>6</mn></msup></math> 升水，每次退潮流走 <math><mfrac><mn>1</mn><mn>2</mn></mfrac></math><sup id="引1"><a href="#%E6%B3%A81">[1]</a></sup>。验潮仪的误差，他们说，<mark>不会超过一厘米</mark><!-- question: 谁说的？ -->。</p><h2>关于 ${katex('<mi>η</mi>', 'η')} 的高度</h2><p>潮位是许多波相加：${katex(SUM, 'sum', ' display="block"')}站长每周一抄一次，抄在 <math><mrow><mi>f</mi><mo>(</mo><mi>x</mi><mo>)</mo></mrow></math> 那一栏里。</p><ul><li><input type="checkbox" checked> 已读数</li><li><input type="checkbox"> 待清洗浮筒</li></ul><svg width="600" height="240"><title>逐月潮高</title><rect/></svg><p>العربية في مقال صيني، فقرة واحدة فقط.</p><form><p>订阅： <input placeholder="邮箱地址"> <button>订阅</button></p></form><details><summary>数字怎么来的</summary><p>每周一，用铅笔抄的。</p></details><video src="https://video.example/1.mp4" title="验潮仪"></video><ol><li id="注1">一九三一年量过，一九七八年又量过。<a href="#%E5%BC%951">↩</a></li></ol>
`;

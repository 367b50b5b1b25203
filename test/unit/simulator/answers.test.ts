import {
	NUMBER,
	PERSON,
	closeAll,
	startTwilio,
	startTwilioWithWebhook,
	startWebhook,
	until,
} from './fixture';
import { answering } from './webhookServer';
import type { Answerer } from './webhookServer';

afterEach(closeAll);

/** What a person's text brings about when the number's webhook answers like this. */
async function answered(answer: Answerer) {
	const { account, webhook } = await startTwilioWithWebhook(answer);
	const delivery = await account.receive({ from: PERSON, to: NUMBER, body: 'hi' });
	const replies = account.messages.filter(({ direction }) => direction === 'outbound-reply');
	return { account, webhook, delivery, replies, bodies: replies.map(({ body }) => body) };
}

const message = (content: string) => `<Response><Message>${content}</Message></Response>`;

describe('an answer', () => {
	it.each(['text/xml', 'application/xml', 'text/html', 'text/xml; charset=utf-8', 'Text/XML'])(
		'of type %s is read as TwiML',
		async (contentType) => {
			const { bodies, delivery } = await answered(answering(message('hello'), contentType));
			expect(bodies).toEqual(['hello']);
			expect(delivery?.errorCode).toBeUndefined();
		},
	);

	it('of type text/plain is texted back', async () => {
		const { replies } = await answered(answering('Workflow started', 'text/plain'));
		expect(replies).toMatchObject([{ body: 'Workflow started', from: NUMBER, to: PERSON }]);
	});

	it.each(['<Response/>', '<?xml version="1.0" encoding="UTF-8"?>\n<Response></Response>'])(
		'of %s says nothing',
		async (twiml) => {
			const { bodies, delivery, account } = await answered(answering(twiml));
			expect(bodies).toEqual([]);
			expect(delivery).toMatchObject({ status: 200, errorCode: undefined });
			expect(account.messages[0]!.error_code).toBeNull();
		},
	);

	it('of 204 says nothing', async () => {
		const { bodies, delivery } = await answered((response) => response.writeHead(204).end());
		expect(bodies).toEqual([]);
		expect(delivery?.errorCode).toBeUndefined();
	});

	it.each<[string, number, Answerer]>([
		['JSON', 12300, answering('{"message":"Workflow was started"}', 'application/json')],
		['a picture', 12300, answering('x', 'image/png')],
		['no content type', 11200, (response) => response.end('<Response/>')],
		['nothing at all', 11200, (response) => response.end()],
		['an empty document', 11770, answering('')],
		['empty text', 11770, answering('', 'text/plain')],
		['a client error', 11200, answering('<Response/>', 'text/xml', 403)],
		['a server error', 11200, answering('<Response/>', 'text/xml', 500)],
		['broken XML', 12100, answering('<Response><Message>hi</Response>')],
		['text that calls itself XML', 12100, answering('hello')],
		['an unescaped ampersand', 12100, answering(message('a & b'))],
		['another root', 12102, answering('<html><body>hi</body></html>', 'text/html')],
		['a root in lower case', 12102, answering('<response/>')],
		['more than 64 kB', 11750, answering(message('a'.repeat(65 * 1024)))],
		['text over 1600 characters', 14103, answering('a'.repeat(1601), 'text/plain')],
	])('of %s is error %d and sends nothing', async (_what, errorCode, answer) => {
		const { delivery, bodies, account } = await answered(answer);
		expect(delivery).toMatchObject({ errorCode });
		expect(account.messages[0]).toMatchObject({ status: 'received', error_code: errorCode });
		expect(bodies).toEqual([]);
	});

	it('leaves nothing out of the delivery’s record', async () => {
		const { account, delivery, webhook } = await answered(answering('{"a":1}', 'application/json'));
		expect(account.deliveries).toEqual([delivery]);
		expect(delivery).toMatchObject({
			url: `${webhook.url}/sms`,
			method: 'POST',
			attempts: 1,
			status: 200,
			contentType: 'application/json',
			body: '{"a":1}',
			finishedAt: expect.any(Date),
		});
		expect(delivery?.parameters).toContainEqual(['Body', 'hi']);
	});
});

describe('TwiML', () => {
	it.each([
		['text', 'hello', 'hello'],
		['escaped text', 'a &amp; b &lt;c&gt; &quot;d&quot; &apos;e&apos;', `a & b <c> "d" 'e'`],
		['numeric entities', '&#128077; &#x1F44D;', '👍 👍'],
		['plain UTF-8', 'é 漢 👍', 'é 漢 👍'],
		['CDATA', '<![CDATA[a & b]]>', 'a & b'],
		['a Body', '\n\t<Body>hello</Body>\n', 'hello'],
		['several Bodies', '<Body>one </Body><Body>two</Body>', 'one two'],
		['a comment', '<!-- why -->hello', 'hello'],
	])('sends %s', async (_what, content, body) => {
		expect((await answered(answering(message(content)))).bodies).toEqual([body]);
	});

	it('sends media, with or without a text', async () => {
		const { replies } = await answered(
			answering(message('<Media>https://example.com/a.png</Media>')),
		);
		expect(replies).toMatchObject([
			{ body: '', num_media: '1', sid: expect.stringMatching(/^MM/) },
		]);
	});

	it('sends to and from where its attributes say', async () => {
		const { replies } = await answered((response) =>
			answering(`<Response><Message to="+14155550199" from="${NUMBER}">hello</Message></Response>`)(
				response,
			),
		);
		expect(replies).toMatchObject([{ to: '+14155550199', from: NUMBER }]);
	});

	it.each([
		['to="nobody"', 14101],
		['from="+15005550001"', 14102],
	])('with %s is error %d', async (attribute, errorCode) => {
		const twiml = `<Response><Message ${attribute}>hello</Message></Response>`;
		const { delivery, bodies } = await answered(answering(twiml));
		expect(delivery).toMatchObject({ errorCode });
		expect(bodies).toEqual([]);
	});

	it('sends ten replies and no eleventh', async () => {
		const eleven = Array.from({ length: 11 }, (_, n) => `<Message>${n}</Message>`).join('');
		const { bodies, delivery } = await answered(answering(`<Response>${eleven}</Response>`));
		expect(bodies).toEqual(['0', '1', '2', '3', '4', '5', '6', '7', '8', '9']);
		expect(delivery).toMatchObject({ errorCode: 14109 });
	});

	it.each([
		['<Say>hello</Say>', 14110],
		['<message>hello</message>', 12200],
		['<Message></Message>', 14103],
		[`<Message>${'<Media>https://e.com/a.png</Media>'.repeat(11)}</Message>`, 14103],
	])('with %s is warning %d, and the rest is sent', async (verb, errorCode) => {
		const twiml = `<Response>${verb}<Message>hello</Message></Response>`;
		const { bodies, delivery } = await answered(answering(twiml));
		expect(bodies).toEqual(['hello']);
		expect(delivery).toMatchObject({ errorCode });
	});

	it('goes on at the URL it redirects to, and not behind the redirect', async () => {
		const first =
			'<Response><Message>one</Message><Redirect method="GET">next?a=1</Redirect>' +
			'<Message>never</Message></Response>';
		const { bodies, webhook } = await answered((response, { path }) =>
			answering(path === '/sms' ? first : message('two'))(response),
		);
		expect(bodies).toEqual(['one', 'two']);
		expect(webhook.requests[1]).toMatchObject({
			method: 'GET',
			path: expect.stringMatching(/^\/next\?a=1&ToCountry=US/),
		});
	});

	it('does not redirect more than fifty documents', async () => {
		const { account, webhook } = await answered(
			answering('<Response><Redirect>/sms</Redirect></Response>'),
		);
		expect(webhook.requests).toHaveLength(50);
		expect(account.messages[0]).toMatchObject({ error_code: 14106 });
	});

	it('stops after a message with an action', async () => {
		const { bodies } = await answered((response, { path }) =>
			answering(
				path === '/sms'
					? '<Response><Message action="/done">one</Message><Message>never</Message></Response>'
					: '<Response/>',
			)(response),
		);
		expect(bodies).toEqual(['one']);
	});
});

it('cuts the loop of two numbers that answer each other', async () => {
	const { account } = await startTwilio();
	const webhook = await startWebhook(answering(message('and you?')));
	const OTHER = '+15005550007';
	for (const phoneNumber of [NUMBER, OTHER]) {
		account.resources.addNumber({ phoneNumber, smsUrl: webhook.url });
	}
	await account.receive({ from: OTHER, to: NUMBER, body: 'hello' });
	await until(account, () => account.deliveries.some(({ errorCode }) => errorCode === 14107));
	const replies = account.messages.filter(({ direction }) => direction === 'outbound-reply');
	expect(replies).toHaveLength(30);
});

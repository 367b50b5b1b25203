import fc from 'fast-check';

import {
	simplifyMessage,
	toInboundMessage,
	toRawParameters,
	toStatusEvent,
} from '../../../../nodes/TwilioSms/trigger/receiving/item';

// In the order of the wire, where fields that Twilio does not know come empty.
const SMS =
	'ToCountry=US&ToState=CA&SmsMessageSid=SM11111111111111111111111111111111&NumMedia=0&ToCity=&FromZip=94103&SmsSid=SM11111111111111111111111111111111&FromState=CA&SmsStatus=received&FromCity=SAN+FRANCISCO&Body=Test&FromCountry=US&To=%2B15005550006&MessagingServiceSid=MG11111111111111111111111111111111&ToZip=&NumSegments=1&ReferralNumMedia=0&MessageSid=SM11111111111111111111111111111111&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&ApiVersion=2010-04-01';
const MMS =
	'ToCountry=US&MediaContentType0=image%2Fjpeg&MediaContentType1=image%2Fpng&ToState=CA&SmsMessageSid=MM11111111111111111111111111111111&NumMedia=2&ToCity=OAKLAND&FromZip=94103&SmsSid=MM11111111111111111111111111111111&FromState=CA&SmsStatus=received&FromCity=SAN+FRANCISCO&Body=&FromCountry=US&To=%2B15005550006&ToZip=94601&NumSegments=2&MessageSid=MM11111111111111111111111111111111&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&MediaUrl0=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2FAC11111111111111111111111111111111%2FMessages%2FMM11111111111111111111111111111111%2FMedia%2FME00000000000000000000000000000000&MediaUrl1=https%3A%2F%2Fapi.twilio.com%2F2010-04-01%2FAccounts%2FAC11111111111111111111111111111111%2FMessages%2FMM11111111111111111111111111111111%2FMedia%2FME11111111111111111111111111111111&ApiVersion=2010-04-01';
const WHATSAPP =
	'SmsMessageSid=SM22222222222222222222222222222222&NumMedia=0&ProfileName=Zo%C3%AB+%F0%9F%91%8D&MessageType=button&SmsSid=SM22222222222222222222222222222222&WaId=14155550100&SmsStatus=received&Body=Yes&ButtonText=Yes&ButtonPayload=confirm%3A42&To=whatsapp%3A%2B14155238886&NumSegments=1&ReferralNumMedia=0&MessageSid=SM22222222222222222222222222222222&AccountSid=AC11111111111111111111111111111111&OriginalRepliedMessageSender=whatsapp%3A%2B14155238886&OriginalRepliedMessageSid=SM33333333333333333333333333333333&From=whatsapp%3A%2B14155550100&ApiVersion=2010-04-01';
const LOCATION =
	'Latitude=-37.7989409&Longitude=0&Address=1+Main+Street&Label=Office&SmsMessageSid=SM44444444444444444444444444444444&NumMedia=0&MessageType=location&Body=&To=whatsapp%3A%2B14155238886&NumSegments=1&MessageSid=SM44444444444444444444444444444444&AccountSid=AC11111111111111111111111111111111&From=whatsapp%3A%2B14155550100&ApiVersion=2010-04-01';
const STOP = `${SMS.replace('Body=Test', 'Body=Stop')}&OptOutType=STOP`;

const DELIVERED =
	'RawDlrDoneDate=2303222338&SmsSid=SM11111111111111111111111111111111&SmsStatus=delivered&MessageStatus=delivered&To=%2B14155550123&MessagingServiceSid=MG11111111111111111111111111111111&MessageSid=SM11111111111111111111111111111111&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&ApiVersion=2010-04-01';
const FAILED =
	'ErrorCode=30003&SmsSid=SM22222222222222222222222222222222&SmsStatus=undelivered&MessageStatus=undelivered&To=%2B14155550123&MessageSid=SM22222222222222222222222222222222&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&ApiVersion=2010-04-01';
const READ =
	'EventType=READ&SmsSid=SM33333333333333333333333333333333&SmsStatus=read&MessageStatus=read&ChannelToAddress=%2B14155550123&To=whatsapp%3A%2B14155550123&ChannelPrefix=whatsapp&MessageSid=SM33333333333333333333333333333333&AccountSid=AC11111111111111111111111111111111&From=whatsapp%3A%2B14155238886&ApiVersion=2010-04-01&ChannelInstallSid=XE11111111111111111111111111111111';

const NOW = '2026-05-04T03:02:01.000Z';
const parse = (body: string) => new URLSearchParams(body);
const simplified = (body: string) => simplifyMessage(toInboundMessage(parse(body), NOW));

describe('the item of a message', () => {
	it('has ten fields by handy names, numbers for counts and null for what is absent', () => {
		expect(simplified(SMS)).toEqual({
			messageSid: 'SM11111111111111111111111111111111',
			from: '+14155550100',
			to: '+15005550006',
			body: 'Test',
			channel: 'sms',
			numMedia: 0,
			media: [],
			optOut: null,
			profileName: null,
			receivedAt: NOW,
		});
	});

	it('lists the attachments of a message without a text, in order', () => {
		const media =
			'https://api.twilio.com/2010-04-01/Accounts/AC11111111111111111111111111111111/Messages/MM11111111111111111111111111111111/Media/';
		expect(simplified(MMS)).toMatchObject({
			messageSid: 'MM11111111111111111111111111111111',
			body: '',
			channel: 'sms',
			numMedia: 2,
			media: [
				{ url: `${media}ME00000000000000000000000000000000`, contentType: 'image/jpeg' },
				{ url: `${media}ME11111111111111111111111111111111`, contentType: 'image/png' },
			],
		});
	});

	it('names the person and, in addition, the button that was tapped on WhatsApp', () => {
		expect(simplified(WHATSAPP)).toEqual({
			messageSid: 'SM22222222222222222222222222222222',
			channel: 'whatsapp',
			from: 'whatsapp:+14155550100',
			to: 'whatsapp:+14155238886',
			body: 'Yes',
			numMedia: 0,
			media: [],
			optOut: null,
			profileName: 'Zoë 👍',
			receivedAt: NOW,
			buttonText: 'Yes',
			buttonPayload: 'confirm:42',
		});
	});

	it('has in addition a location as numbers, 0 among them', () => {
		const item = simplified(LOCATION);
		expect(item).toMatchObject({ body: '', latitude: -37.7989409, longitude: 0 });
		expect(Object.keys(item)).toHaveLength(12);
	});

	it('says that the sender opted out', () => {
		expect(simplified(STOP)).toMatchObject({ body: 'Stop', optOut: 'STOP' });
	});

	it.each([
		['Stop', 'STOP'],
		[' unsubscribe\n', 'STOP'],
		['UNSTOP', 'START'],
		['help', 'HELP'],
		['help me', null],
		['Test', null],
	])('knows the words that Twilio acts on where Twilio does not say so: %j, %s', (body, optOut) => {
		const text = SMS.replace('Body=Test', new URLSearchParams({ Body: body }).toString());
		expect(simplified(text)).toMatchObject({ body, optOut });
	});

	it("takes Twilio's word for it before the text's, as a service may have words of its own", () => {
		expect(simplified(STOP.replace('Body=Stop', 'Body=Arret'))).toMatchObject({ optOut: 'STOP' });
		expect(simplified(STOP.replace('OptOutType=STOP', 'OptOutType=HELP'))).toMatchObject({
			body: 'Stop',
			optOut: 'HELP',
		});
	});

	it('does not take a word on WhatsApp for opting out, where there is no such thing', () => {
		expect(simplified(WHATSAPP.replace('Body=Yes', 'Body=Stop'))).toMatchObject({ optOut: null });
		expect(simplified(WHATSAPP)).toMatchObject({ body: 'Yes', optOut: null });
	});

	it.each([
		['+14155550100', 'sms'],
		['12345', 'sms'],
		['MyShop', 'sms'],
		['whatsapp:+14155550100', 'whatsapp'],
		['messenger:1234567890', 'messenger'],
		['rcs:brand_agent', 'rcs'],
	])('is on the channel of its sender: %s, %s', (from, channel) => {
		expect(toInboundMessage(new URLSearchParams({ From: from }), NOW)).toMatchObject({
			from,
			channel,
		});
	});

	it.each(['  hi  ', ' ', '\n', 'é👍+&=%', '0', 'null', '<b>&amp;</b>'])(
		'has the text exactly as it was sent: %j',
		(body) => {
			expect(toInboundMessage(new URLSearchParams({ Body: body }), NOW)).toMatchObject({ body });
		},
	);

	it('has every field, whatever the request leaves out', () => {
		const item = simplified('');
		expect(Object.keys(item)).toEqual(Object.keys(simplified(SMS)));
		expect(Object.values(item)).not.toContain(undefined);
		expect(item).toMatchObject({
			messageSid: null,
			body: '',
			numMedia: 0,
			media: [],
		});
	});

	it('has null for what an attachment does not say', () => {
		const item = toInboundMessage(parse('NumMedia=1'), NOW);
		expect(item).toMatchObject({ media: [{ url: null, contentType: null }] });
	});
});

describe('the raw item of a message', () => {
	it.each([SMS, MMS, WHATSAPP, LOCATION, STOP])("has Twilio's fields untouched: %#", (body) => {
		const item = toRawParameters(parse(body));
		expect(new URLSearchParams(item as Record<string, string>).toString()).toBe(body);
	});

	it('keeps empty fields, and fields that nobody knows yet', () => {
		expect(toRawParameters(parse('ToCity=&Brand+New=%C3%A9&AddOns=%7B%7D'))).toEqual({
			ToCity: '',
			'Brand New': 'é',
			AddOns: '{}',
		});
	});

	it('has a list for a name that is repeated, in the order of the wire', () => {
		expect(toRawParameters(parse('a=2&b=x&a=1&a=2&a='))).toEqual({
			a: ['2', '1', '2', ''],
			b: 'x',
		});
	});

	it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])(
		'keeps a field by a name that every object has: %s',
		(name) => {
			const item = toRawParameters(new URLSearchParams([[name, 'value']]));
			expect(Object.entries(item)).toEqual([[name, 'value']]);
			expect(Object.getPrototypeOf(item)).toBe(Object.prototype);
		},
	);

	it('loses nothing', () => {
		const form = fc.array(
			fc.tuple(fc.string({ unit: 'grapheme', minLength: 1 }), fc.string({ unit: 'grapheme' })),
		);
		fc.assert(
			fc.property(form, (parameters) => {
				fc.pre(!parameters.some(([name]) => name in Object.prototype));
				const item = toRawParameters(new URLSearchParams(parameters));
				const back = Object.entries(item).flatMap(([name, values]) =>
					[values].flat().map((value) => [name, value]),
				);
				expect(back).toHaveLength(parameters.length);
				expect(back).toEqual(expect.arrayContaining(parameters));
			}),
		);
	});
});

describe('the item of a status', () => {
	const event = (body: string) => toStatusEvent(parse(body), NOW);

	it('a delivery is its message, its status and whose it is', () => {
		expect(event(DELIVERED)).toEqual({
			messageSid: 'SM11111111111111111111111111111111',
			status: 'delivered',
			errorCode: null,
			from: '+14155550100',
			to: '+14155550123',
			messagingServiceSid: 'MG11111111111111111111111111111111',
			accountSid: 'AC11111111111111111111111111111111',
			receivedAt: NOW,
		});
	});

	it("a failure has Twilio's code as a number", () => {
		expect(event(FAILED)).toMatchObject({
			status: 'undelivered',
			errorCode: 30003,
			messagingServiceSid: null,
		});
	});

	it('a message read on WhatsApp has its addresses as Twilio writes them', () => {
		expect(event(READ)).toMatchObject({
			status: 'read',
			from: 'whatsapp:+14155238886',
			to: 'whatsapp:+14155550123',
		});
	});

	it.each(['queued', 'sending', 'sent', 'failed', 'canceled', 'a status of next year'])(
		'the status %s is passed on as it is',
		(status) => {
			expect(toStatusEvent(new URLSearchParams({ MessageStatus: status }), NOW)).toMatchObject({
				status,
			});
		},
	);

	it('every field is there, null for what the request leaves out or leaves empty', () => {
		const nothing = {
			messageSid: null,
			status: null,
			errorCode: null,
			from: null,
			to: null,
			messagingServiceSid: null,
			accountSid: null,
			receivedAt: NOW,
		};
		expect(toStatusEvent(parse(''), NOW)).toEqual(nothing);
		expect(event('ErrorCode=&MessageStatus=&From=&MessagingServiceSid=')).toEqual(nothing);
	});
});

import {
	simplifyLogged,
	simplifyMessage,
} from '../../../../nodes/TwilioSms/actions/message/output';
import type { TwilioMessage } from '../../../../nodes/TwilioSms/twilio/types';

/** With the fields that this package has no use for. */
type WholeMessage = TwilioMessage & {
	uri: string;
	api_version: string;
	subresource_uris: Record<string, string>;
};

// As Twilio answers 201 to a message that was sent without a Messaging Service.
const CREATED: WholeMessage = {
	body: 'Hello from n8n',
	num_segments: '1',
	direction: 'outbound-api',
	from: '+15557122661',
	date_updated: 'Thu, 24 Aug 2023 05:01:45 +0000',
	price: null,
	error_message: null,
	uri: '/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Messages/SM0123456789abcdef0123456789abcdef.json',
	account_sid: 'ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	num_media: '0',
	to: '+15558675310',
	date_created: 'Thu, 24 Aug 2023 05:01:45 +0000',
	status: 'queued',
	sid: 'SM0123456789abcdef0123456789abcdef',
	date_sent: null,
	messaging_service_sid: null,
	error_code: null,
	price_unit: 'USD',
	api_version: '2010-04-01',
	subresource_uris: {
		media:
			'/2010-04-01/Accounts/ACaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/Messages/SM0123456789abcdef0123456789abcdef/Media.json',
	},
};

it('gives the ten fields of a sent message their handy names and types, and no other field', () => {
	expect(simplifyMessage(CREATED)).toEqual({
		messageSid: 'SM0123456789abcdef0123456789abcdef',
		status: 'queued',
		from: '+15557122661',
		to: '+15558675310',
		body: 'Hello from n8n',
		numSegments: 1,
		numMedia: 0,
		errorCode: null,
		errorMessage: null,
		dateCreated: '2023-08-24T05:01:45.000Z',
	});
});

it('has no sender and no segments yet when a Messaging Service is still choosing', () => {
	const accepted = {
		...CREATED,
		from: null,
		num_segments: '0',
		status: 'accepted',
		messaging_service_sid: 'MGaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
	};
	expect(simplifyMessage(accepted)).toMatchObject({
		status: 'accepted',
		from: null,
		numSegments: 0,
	});
});

it('gives a failed picture message its error and its number of files', () => {
	const failed = {
		...CREATED,
		sid: 'MM0123456789abcdef0123456789abcdef',
		status: 'undelivered',
		num_media: '2',
		num_segments: '3',
		price: '-0.00750',
		error_code: 30003,
		error_message: 'Unreachable destination handset',
	};
	expect(simplifyMessage(failed)).toMatchObject({
		messageSid: 'MM0123456789abcdef0123456789abcdef',
		status: 'undelivered',
		numMedia: 2,
		numSegments: 3,
		errorCode: 30003,
		errorMessage: 'Unreachable destination handset',
	});
});

it('keeps an empty text as it is', () => {
	expect(simplifyMessage({ ...CREATED, body: '' })).toMatchObject({ body: '' });
});

it('has null for whatever Twilio leaves out', () => {
	const { sid, status, direction, account_sid } = CREATED;
	const sparse = { sid, status, direction, account_sid } as TwilioMessage;
	expect(
		Object.entries(simplifyMessage(sparse)).filter(([, value]) => value === null),
	).toHaveLength(8);
	expect(Object.values(simplifyMessage(sparse))).not.toContain(undefined);
});

describe('a count', () => {
	it.each([
		['0', 0],
		['1', 1],
		['12', 12],
	])('that Twilio writes as %j is the number %d', (text, number) => {
		expect(simplifyMessage({ ...CREATED, num_media: text })).toMatchObject({ numMedia: number });
	});

	it.each([null, undefined, ''])('that is absent is null, not 0: %j', (text) => {
		const message = { ...CREATED, num_segments: text } as TwilioMessage;
		expect(simplifyMessage(message)).toMatchObject({ numSegments: null });
	});
});

it('says of a message from the log which way it went, in ten fields as well', () => {
	const { errorMessage, ...rest } = simplifyMessage(CREATED);
	expect(errorMessage).toBeNull();
	expect(simplifyLogged(CREATED)).toEqual({ ...rest, direction: 'outbound-api' });
});

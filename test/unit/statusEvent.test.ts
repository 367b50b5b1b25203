import type { FormParameters } from '../../nodes/TwilioSms/shared/signature';
import { toStatusEvent } from '../../nodes/TwilioSms/trigger/statusEvent';

// In the order of the wire.
const DELIVERED =
	'RawDlrDoneDate=2303222338&SmsSid=SM11111111111111111111111111111111&SmsStatus=delivered&MessageStatus=delivered&To=%2B14155550123&MessagingServiceSid=MG11111111111111111111111111111111&MessageSid=SM11111111111111111111111111111111&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&ApiVersion=2010-04-01';
const FAILED =
	'ErrorCode=30003&SmsSid=SM22222222222222222222222222222222&SmsStatus=undelivered&MessageStatus=undelivered&To=%2B14155550123&MessageSid=SM22222222222222222222222222222222&AccountSid=AC11111111111111111111111111111111&From=%2B14155550100&ApiVersion=2010-04-01';
const READ =
	'EventType=READ&SmsSid=SM33333333333333333333333333333333&SmsStatus=read&MessageStatus=read&ChannelToAddress=%2B14155550123&To=whatsapp%3A%2B14155550123&ChannelPrefix=whatsapp&MessageSid=SM33333333333333333333333333333333&AccountSid=AC11111111111111111111111111111111&From=whatsapp%3A%2B14155238886&ApiVersion=2010-04-01&ChannelInstallSid=XE11111111111111111111111111111111';

const NOW = '2026-05-04T03:02:01.000Z';
const event = (body: string) =>
	toStatusEvent([...new URLSearchParams(body)] as FormParameters, NOW);

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
		expect(toStatusEvent([['MessageStatus', status]], NOW)).toMatchObject({ status });
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
	expect(toStatusEvent([], NOW)).toEqual(nothing);
	expect(event('ErrorCode=&MessageStatus=&From=&MessagingServiceSid=')).toEqual(nothing);
});

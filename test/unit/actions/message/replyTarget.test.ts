import { toIncomingMessage } from '../../../../nodes/TwilioSms/actions/message/replyTarget';

const simplified = { messageSid: 'SM1', from: '+14155550123', to: '+14155550100' };
const raw = { MessageSid: 'SM1', From: '+14155550123', To: '+14155550100' };
const addresses = { messageSid: 'SM1', from: '+14155550123', to: '+14155550100' };

it.each([
	[simplified],
	[raw],
	[{ ...simplified, body: '', messagingServiceSid: null }],
	[{ ...raw, Body: '', SmsStatus: 'received' }],
	[{ ...simplified, status: 'received', direction: 'inbound' }],
	[{ ...simplified, status: null }],
])('is known by its SID, sender and number: %j', (json) => {
	expect(toIncomingMessage(json)).toEqual(addresses);
});

it('brings the Messaging Service along', () => {
	const expected = { ...addresses, messagingServiceSid: 'MG1' };
	expect(toIncomingMessage({ ...simplified, messagingServiceSid: 'MG1' })).toEqual(expected);
	expect(toIncomingMessage({ ...raw, MessagingServiceSid: 'MG1' })).toEqual(expected);
});

it.each([
	[undefined],
	[null],
	[{}],
	['+14155550123'],
	[{ from: '+14155550123', to: '+14155550100' }],
	[{ ...simplified, from: '' }],
	[{ ...simplified, to: null }],
	[{ ...simplified, to: 14155550100 }],
	[{ ...simplified, direction: 'outbound-api', status: 'queued' }],
	[{ ...simplified, direction: 'outbound-reply', status: 'received' }],
	[{ ...simplified, status: 'delivered' }],
	[{ ...raw, MessageStatus: 'sent' }],
])('is not %j', (json) => {
	expect(toIncomingMessage(json)).toBeUndefined();
});

import { channelOf, toReceiver, toRecipient, toSender } from '../../nodes/TwilioSms/shared/address';

const OWN = '+14155550100';

describe('a recipient', () => {
	it.each([
		['+44 (0)20 7946 0123', '+442079460123'],
		['tel:+14155550123', '+14155550123'],
		['(415) 555-0123', '+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
		['WhatsApp: (415) 555-0123', 'whatsapp:+14155550123'],
		['messenger:1234567890', 'messenger:1234567890'],
		['rcs:+14155550123', 'rcs:+14155550123'],
	])('typed as %j is %s', (typed, expected) => {
		expect(toRecipient(typed, 'sms', OWN)).toBe(expected);
	});

	it.each([
		['+14155550123', 'whatsapp:+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
		['tel:+14155550123', 'whatsapp:+14155550123'],
	])('on WhatsApp typed as %j is %s', (typed, expected) => {
		expect(toRecipient(typed, 'whatsapp', OWN)).toBe(expected);
	});

	it.each(['', 'Anna', '12345', 'whatsapp:', 'whatsapp:Anna', 'tel:', '+1', ':+14155550123'])(
		'is not %j',
		(typed) => {
			expect(toRecipient(typed, 'sms', OWN)).toBeUndefined();
			expect(toRecipient(typed, 'whatsapp', OWN)).toBeUndefined();
		},
	);
});

describe('where a message went', () => {
	it.each([
		['12345', '12345'],
		[' 894546 ', '894546'],
		['(415) 555-0123', '+14155550123'],
		['whatsapp:+14155550123', 'whatsapp:+14155550123'],
	])('typed as %j is %s', (typed, expected) => {
		expect(toReceiver(typed, 'sms', OWN)).toBe(expected);
	});

	it.each(['', 'MyShop', '12', 'whatsapp:12345'])('is not %j', (typed) => {
		expect(toReceiver(typed, 'sms', OWN)).toBeUndefined();
	});

	it('on WhatsApp is no short code', () => {
		expect(toReceiver('12345', 'whatsapp')).toBeUndefined();
	});
});

describe('a sender', () => {
	it.each([
		['+1 415 555 0111', '+14155550111'],
		['12345', '12345'],
		['894546', '894546'],
		['MyShop', 'MyShop'],
		['My Shop-1', 'My Shop-1'],
		['H&M', 'H&M'],
		['whatsapp:+14155550111', 'whatsapp:+14155550111'],
	])('typed as %j is %s', (typed, expected) => {
		expect(toSender(typed, 'sms', OWN)).toBe(expected);
	});

	it('on WhatsApp is a number', () => {
		expect(toSender('+14155550111', 'whatsapp')).toBe('whatsapp:+14155550111');
		expect(toSender('MyShop', 'whatsapp')).toBeUndefined();
		expect(toSender('12345', 'whatsapp')).toBeUndefined();
	});

	it.each(['', 'A name of twelve', 'Müller', '12', '+', 'a.b'])('is not %j', (typed) => {
		expect(toSender(typed, 'sms', OWN)).toBeUndefined();
	});
});

it.each([
	['+14155550123', ''],
	['12345', ''],
	['tel:+14155550123', ''],
	['whatsapp:+14155550123', 'whatsapp'],
	['WhatsApp:+14155550123', 'whatsapp'],
	['messenger:123', 'messenger'],
])('the channel of %s is %j', (address, channel) => {
	expect(channelOf(address)).toBe(channel);
});

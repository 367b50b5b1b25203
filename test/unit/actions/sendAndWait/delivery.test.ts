import { toDelivery } from '../../../../nodes/TwilioSms/actions/sendAndWait/delivery';

const SID = `SM${'0'.repeat(32)}`;

it.each(['accepted', 'scheduled', 'queued', 'sending', 'sent', 'receiving', '', 'constructor'])(
	'after the status %j another one comes',
	(status) => expect(toDelivery(SID, status, null)).toBeUndefined(),
);

it.each([
	['delivered', true],
	['read', true],
	['undelivered', false],
	['failed', false],
	['canceled', false],
])('%s is the end: delivered %j', (status, delivered) => {
	expect(toDelivery(SID, status, null)).toEqual({
		delivered,
		status,
		errorCode: null,
		errorMessage: null,
		messageSid: SID,
	});
});

it('says what an error code means, and where Twilio explains it', () => {
	expect(toDelivery(SID, 'failed', 30005)).toMatchObject({
		errorCode: 30005,
		errorMessage:
			"The number is not known or no longer in use. Check the recipient's number. (Twilio error 30005: https://www.twilio.com/docs/errors/30005)",
	});
});

it('says at least where Twilio explains one that it does not know', () => {
	expect(toDelivery(SID, 'failed', 39999)).toMatchObject({
		errorMessage: '(Twilio error 39999: https://www.twilio.com/docs/errors/39999)',
	});
});

import { adviceFor, headlineFor } from '../../../nodes/TwilioSms/twilio/advice';

// What Twilio's error dictionary says can be done about each error that a request may meet, as
// the words that the advice cannot do without.
const REMEDIES: Array<[code: number, httpStatus: number, needed: RegExp]> = [
	[20003, 401, /Account SID and the Auth Token.*region/s],
	[20005, 403, /Console.*contact Twilio/s],
	[20008, 403, /live Account SID and Auth Token/],
	[20009, 409, /few minutes/],
	[20404, 404, /SID or number.*another account or another region/s],
	[20429, 429, /did nothing with this request.*again/s],
	[20500, 500, /Try again later/],
	[20503, 503, /Try again later/],
	[21211, 400, /recipient's number.*international form.*\+14155550100/s],
	[21212, 400, /sender.*belongs to this Twilio account/s],
	[21266, 400, /Change one/],
	[21402, 400, /webhook.*public.*https:\/\//s],
	[21408, 400, /country is switched off.*Geo permissions/s],
	[21502, 400, /callback.*public.*https:\/\//s],
	[21601, 400, /can send texts/],
	[21602, 400, /message text/],
	[21603, 400, /sender/],
	[21604, 400, /recipient/],
	[21606, 400, /belongs to this Twilio account and can send texts/],
	[21607, 400, /that number as the sender.*upgrade/s],
	[21608, 400, /verified.*Verified Caller IDs.*upgrade/s],
	[21609, 400, /public.*4,000.*underscore/s],
	[21610, 400, /STOP.*START/s],
	[21611, 429, /ten hours.*Messaging Service/s],
	[21612, 400, /carrier or country.*another number/s],
	[21614, 400, /another one of theirs/],
	[21617, 400, /several messages/],
	[21618, 400, /text/],
	[21619, 400, /text, a media URL or a content template/],
	[21620, 400, /media URL.*https:\/\//s],
	[21621, 400, /text only.*MMS/s],
	[21622, 400, /account cannot send pictures.*MMS/s],
	[21623, 400, /another message/],
	[21624, 400, /between 1 and 36,000/],
	[21635, 400, /another number/],
	[21654, 400, /content template/],
	[21655, 400, /content template.*HX/s],
	[21656, 400, /JSON object/],
	[21657, 400, /another sender/],
	[21658, 400, /too long/],
	[21659, 400, /belongs to this Twilio account/],
	[21660, 400, /credential of that account/],
	[21661, 400, /number with SMS/],
	[21662, 400, /Ireland.*US1/s],
	[21663, 400, /routing.*another region/s],
	[21668, 400, /Ireland.*US1/s],
	[21701, 404, /Messaging Service/],
	[21702, 400, /Messaging Service/],
	[21703, 400, /Messaging Service.*sender/s],
	[21704, 400, /Add a phone number/],
	[21705, 400, /Messaging Service.*MG/s],
	[21910, 400, /both with whatsapp: in front/],
	[20004, 405, /not allow/],
	[21421, 400, /international form/],
	[21481, 400, /Try again/],
	[21605, 400, /160 characters/],
	[21664, 400, /Fallback Sender/],
	[21665, 400, /RCS/],
	[21666, 400, /Fallback Sender/],
	[21667, 400, /Fallback Sender/],
	[21710, 409, /already/],
	[21711, 400, /Add it to the service/],
	[21712, 409, /another Messaging Service/],
	[21714, 400, /as many senders/],
	[35119, 400, /time/],
	[35125, 400, /as many scheduled messages.*cancel/s],
	[35126, 400, /5 minutes.*35 days/s],
	[35111, 400, /time/],
	[35114, 400, /5 minutes.*35 days/s],
	[35115, 400, /5 minutes/],
	[35117, 400, /35 days/],
	[35118, 400, /Messaging Service/],
	[30409, 400, /no longer waits.*Get/],
	[63016, 400, /24 hours.*content template/s],
	[92007, 400, /Content Template Builder/],
	[572002, 400, /trial.*recipient.*upgrade/s],
	[572006, 400, /sms_appointment_reminders.*upgrade/s],
];

it.each(REMEDIES)('says what can be done about error %d', (code, httpStatus, needed) => {
	expect(adviceFor(code, httpStatus)).toMatch(needed);
});

it.each([
	[30001, /more slowly/],
	[30002, /suspended/],
	[30003, /switched off or out of reach/],
	[30004, /blocks/],
	[30005, /not known/],
	[30006, /landline/],
	[30007, /spam/],
	[30008, /no reason/],
	[30032, /toll-free.*verification/s],
	[30034, /A2P 10DLC campaign/],
	[30036, /validity period/],
	[30011, /without them/],
	[30017, /too busy/],
	[30018, /Register/],
	[30019, /smaller/],
	[30022, /more slowly/],
	[30023, /in a day/],
	[30024, /Wait a day/],
	[30027, /in a day/],
	[30033, /campaign.*suspended/],
	[30035, /still being added/],
	[30037, /Contact Twilio/],
	[30038, /Twilio Verify/],
	[30039, /loop/],
	[30040, /Register/],
	[30041, /Register/],
	[30042, /names you/],
	[30044, /trial.*upgrade/],
	[30410, /again later/],
	[30450, /SMS pumping.*Risk Check/],
	[63003, /Check the address/],
	[63005, /Change the text/],
	[63007, /Senders/],
	[63015, /sandbox/],
	[63018, /more slowly/],
	[63024, /send an SMS/],
	[63038, /24 hours/],
	[63051, /locked/],
])('says why a message was not delivered: %d', (code, needed) => {
	expect(adviceFor(code, 200)).toMatch(needed);
});

it.each([
	[401, /Account SID and the Auth Token/],
	[403, /may not do this.*restricted API key needs the permission/],
	[404, /SID or number/],
	[429, /Try again in a moment/],
	[500, /Try again later/],
	[502, /Try again later/],
	[503, /Try again later/],
	[504, /Try again later/],
])(
	'goes by the HTTP status %d where it has no error code, or does not know it',
	(status, needed) => {
		expect(adviceFor(undefined, status)).toMatch(needed);
		expect(adviceFor(99999, status)).toMatch(needed);
	},
);

it('sends the reader to the words of Twilio where it knows nothing better', () => {
	expect(adviceFor(99999, 400)).toBe('Change what Twilio names above and try again.');
});

it('believes the error code before the HTTP status', () => {
	expect(adviceFor(21608, 401)).toBe(adviceFor(21608, 400));
	expect(adviceFor(21608, 401)).not.toBe(adviceFor(undefined, 401));
});

it('is written in whole sentences', () => {
	for (const [code, httpStatus] of REMEDIES) {
		expect(adviceFor(code, httpStatus)).toMatch(/^[A-Z].*[.}]$/s);
	}
});

it('does not say again what the headline has said', () => {
	for (const [code, httpStatus] of REMEDIES) {
		const headline = headlineFor(code, httpStatus, 'This number');
		expect(adviceFor(code, httpStatus).split(/[.:] /)).not.toContain(headline);
	}
});

describe('the headline of an error', () => {
	// What Twilio's error dictionary says has happened.
	it.each([
		[20005, /account is not active/],
		[20008, /test credentials/],
		[20009, /not finished.*message/],
		[20404, /nothing under this SID or number/],
		[20429, /no more requests/],
		[20500, /Twilio has a problem/],
		[20503, /Twilio has a problem/],
		[21211, /^\+14155550123 is not a number/],
		[21212, /cannot send from this sender/],
		[21266, /same number/],
		[21408, /may not text the country of \+14155550123/],
		[21421, /does not know this number/],
		[21603, /no sender/],
		[21604, /nobody to text to/],
		[21606, /cannot text from this sender/],
		[21607, /trial account.*trial number/],
		[21609, /Status Callback URL/],
		[21611, /too many messages waiting/],
		[21612, /sender cannot text \+14155550123/],
		[21614, /^\+14155550123 is not a mobile number/],
		[21617, /longer than the 1,600 characters/],
		[21619, /message is empty/],
		[21620, /media URL/],
		[21621, /cannot send pictures/],
		[21623, /more than ten files/],
		[21635, /^\+14155550123 is a landline/],
		[21655, /content template/],
		[21656, /content variables/],
		[21659, /cannot text from this sender/],
		[21660, /another Twilio account/],
		[21661, /cannot send texts/],
		[21703, /Messaging Service has no sender that can text \+14155550123/],
		[21704, /Messaging Service has no sender$/],
		[21705, /does not know this Messaging Service/],
		[21711, /not in the Messaging Service/],
		[21910, /sender and \+14155550123 are not on the same channel/],
		[30409, /scheduled message can be canceled/],
		[63007, /not set up for this channel/],
		[63016, /WhatsApp does not allow a free text to \+14155550123/],
		[63038, /as many messages as Twilio takes in a day/],
		[92007, /cannot send this content template/],
		[572002, /trial account has another sender for \+14155550123/],
		[572006, /trial account can only send ready-made texts/],
	])('says what happened: %d', (code, headline) => {
		expect(headlineFor(code, 400, '+14155550123')).toMatch(headline);
	});

	it.each([
		[21610, 400, '+14155550123 has texted STOP, so nothing was sent'],
		[21608, 400, "This trial account can't text +14155550123 yet"],
		[20003, 401, 'Twilio did not accept this credential'],
		[undefined, 401, 'Twilio did not accept this credential'],
		[undefined, 503, 'Twilio has a problem at the moment'],
	])('says what happened, to whom: %s, %d', (code, httpStatus, headline) => {
		expect(headlineFor(code, httpStatus, '+14155550123')).toBe(headline);
	});

	it('is written to the letter, whatever the recipient is', () => {
		expect(headlineFor(21610, 400, "$& $'")).toMatch(/^\$& \$' has texted STOP/);
	});

	it.each([
		[21610, 'The recipient has texted STOP, so nothing was sent'],
		[21608, "This trial account can't text the recipient yet"],
	])('says "the recipient" where there is no number: %d', (code, headline) => {
		expect(headlineFor(code, 400)).toBe(headline);
	});

	it.each([
		[99999, 400],
		[21502, 400],
		[undefined, 400],
		[undefined, 307],
	])("leaves it to Twilio's words where it knows nothing better: %s, %d", (code, httpStatus) => {
		expect(headlineFor(code, httpStatus)).toBeUndefined();
	});
});

it('is told from a wrong credential when a restricted API key lacks a permission', () => {
	expect(adviceFor(20003, 403, 'Messages (read)')).toContain('the permission for Messages (read)');
	expect(adviceFor(undefined, 403)).toContain('the permission for it (');
	for (const code of [undefined, 20003]) {
		expect(headlineFor(code, 403)).toBe('This credential may not do this in Twilio');
	}
});

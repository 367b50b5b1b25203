import { ItemWithFiles, toItem } from '../../../nodes/TwilioSms/actions/operation';

const FILE = { data: '', mimeType: 'image/png' };

it('plain data becomes an item', () => {
	expect(toItem({ sid: '1', binary: 'no file' })).toEqual({
		json: { sid: '1', binary: 'no file' },
	});
});

it('data with files becomes an item with both', () => {
	expect(toItem(new ItemWithFiles({ sid: '1' }, { media_0: FILE }))).toEqual({
		json: { sid: '1' },
		binary: { media_0: FILE },
	});
});

it('without files an item has no binary part', () => {
	expect(toItem(new ItemWithFiles({ sid: '1' }, {}))).toEqual({ json: { sid: '1' } });
});

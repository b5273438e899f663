"""The parts of simplejson that the client uses, based on the standard library."""

import json
import os
import re

loads = json.loads
dumps = json.dumps


class RawJSON(object):
    """Text that is already JSON."""

    def __init__(self, encoded_json):
        self.encoded_json = encoded_json


class raw_json(object):
    """Replaces the module simplejson.raw_json."""

    RawJSON = RawJSON


class JSONEncoder(json.JSONEncoder):
    def __init__(self, use_decimal=False, **options):
        super(JSONEncoder, self).__init__(**options)
        self._texts = []
        self._mark = ""

    def encode(self, o):
        if isinstance(o, RawJSON):
            return o.encoded_json
        self._texts = []
        encoded = super(JSONEncoder, self).encode(o)
        if not self._texts:
            return encoded
        return re.sub('"%s([0-9]+)"' % self._mark, lambda match: self._texts[int(match.group(1))], encoded)

    def default(self, o):
        # The encoder accepts encoded text only at the top level, so a unique string is its placeholder.
        if isinstance(o, RawJSON):
            self._mark = self._mark or os.urandom(16).hex() + "-"
            self._texts.append(o.encoded_json)
            return self._mark + str(len(self._texts) - 1)
        return super(JSONEncoder, self).default(o)

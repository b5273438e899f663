package files

import "testing"

func TestText(t *testing.T) {
	for name, test := range map[string]struct{ content, want string }{
		"as it is":                   {`{"ä": 1}`, `{"ä": 1}`},
		"empty":                      {"", ""},
		"a byte order mark":          {"\xef\xbb\xbf{}", "{}"},
		"only the first mark":        {"\xef\xbb\xbf\xef\xbb\xbf{}", "\xef\xbb\xbf{}"},
		"a mark in the middle":       {"{\xef\xbb\xbf}", "{\xef\xbb\xbf}"},
		"UTF-16, little end first":   {"\xff\xfe{\x00\xe4\x00}\x00", "{ä}"},
		"UTF-16, big end first":      {"\xfe\xff\x00{\xd8\x3d\xde\x00\x00}", "{😀}"},
		"half a character of UTF-16": {"\xff\xfe{", "\xff\xfe{"},
	} {
		t.Run(name, func(t *testing.T) {
			if got := string(Text([]byte(test.content))); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

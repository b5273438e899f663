package engine

import "testing"

func TestBindMount(t *testing.T) {
	tests := map[string]struct{ path, want string }{
		"a plain path":           {"/a/b", "type=bind,source=/a/b,target=/a/b,readonly"},
		"spaces and colons":      {"/a b:c", "type=bind,source=/a b:c,target=/a b:c,readonly"},
		"commas and quotes":      {`/a,b"c`, `type=bind,"source=/a,b""c","target=/a,b""c",readonly`},
		"an equals sign is kept": {"/a=b", "type=bind,source=/a=b,target=/a=b,readonly"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if got := BindMount(test.path, "readonly"); got != test.want {
				t.Errorf("BindMount(%q) = %s, want %s", test.path, got, test.want)
			}
		})
	}
}

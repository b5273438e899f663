package s3event

import "strings"

// Selection selects events by their types and keys.
type Selection struct {
	Events         []string
	Prefix, Suffix string // of keys
}

// Keys are the keys in words.
func (s Selection) Keys() string { return s.Prefix + "*" + s.Suffix }

// Shared is an event that both selections include, or empty.
func (s Selection) Shared(other Selection) string {
	if !strings.HasPrefix(s.Prefix, other.Prefix) && !strings.HasPrefix(other.Prefix, s.Prefix) ||
		!strings.HasSuffix(s.Suffix, other.Suffix) && !strings.HasSuffix(other.Suffix, s.Suffix) {
		return ""
	}
	for _, event := range s.Events {
		for _, another := range other.Events {
			if includes(event, another) {
				return another
			}
			if includes(another, event) {
				return event
			}
		}
	}
	return ""
}

// includes reports whether an event is of a kind, which may end with *.
func includes(kind, event string) bool {
	family, isFamily := strings.CutSuffix(kind, "*")
	return kind == event || isFamily && strings.HasPrefix(event, family)
}

// KeyPattern matches the keys in a rule of EventBridge; nil means all.
func (s Selection) KeyPattern() map[string]any {
	escape := strings.NewReplacer(`\`, `\\`, "*", `\*`)
	switch {
	case s.Prefix != "" && s.Suffix != "":
		return map[string]any{"wildcard": escape.Replace(s.Prefix) + "*" + escape.Replace(s.Suffix)}
	case s.Prefix != "":
		return map[string]any{"prefix": s.Prefix}
	case s.Suffix != "":
		return map[string]any{"suffix": s.Suffix}
	}
	return nil
}

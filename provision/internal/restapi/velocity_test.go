package restapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// velocity renders the part of Velocity that the default templates use, as API Gateway's engine does: a reference whose
// value is null is written as it stands in the template, unless it is quiet ($!). It panics at syntax that it does not
// know.
type velocity struct {
	text      string
	at        int
	variables map[string]any
}

// method is a Java method: it returns nil for null.
type method func(arguments ...any) any

// render renders a template with these variables.
func render(text string, variables map[string]any) string {
	v := &velocity{text: text, variables: variables}
	out, end := v.block(true)
	if end != "" {
		panic("#" + end + " without a beginning")
	}
	return out
}

var word = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_]*`)

func (v *velocity) rest() string { return v.text[v.at:] }

// skip moves over a prefix, and reports whether it was there.
func (v *velocity) skip(prefix string) bool {
	if !strings.HasPrefix(v.rest(), prefix) {
		return false
	}
	v.at += len(prefix)
	return true
}

func (v *velocity) expect(prefix string) {
	if v.spaces(); !v.skip(prefix) {
		panic(fmt.Sprintf("no %s at %.40q", prefix, v.rest()))
	}
}

func (v *velocity) spaces() { v.at += len(v.rest()) - len(strings.TrimLeft(v.rest(), " \n")) }

func (v *velocity) name() string {
	name := word.FindString(v.rest())
	v.at += len(name)
	return name
}

// block renders up to #else or #end, whose name it returns. Unless live, it only skips the block.
func (v *velocity) block(live bool) (text, end string) {
	var out strings.Builder
	for v.at < len(v.text) {
		switch {
		case v.text[v.at] == '$':
			source := v.at
			if value, quiet, ok := v.reference(live); ok {
				if value == nil && !quiet {
					value = v.text[source:v.at]
				}
				if value != nil {
					fmt.Fprint(&out, value)
				}
				continue
			}
			v.at = source
		case v.text[v.at] == '#' && word.MatchString(v.text[v.at+1:]):
			v.at++
			switch name := v.name(); name {
			case "set":
				v.set(live)
			case "if":
				out.WriteString(v.condition(live))
			case "foreach":
				out.WriteString(v.loop(live))
			case "else", "end":
				return out.String(), name
			default:
				panic("#" + name)
			}
			continue
		}
		out.WriteByte(v.text[v.at])
		v.at++
	}
	return out.String(), ""
}

func (v *velocity) set(live bool) {
	v.expect("(")
	v.expect("$")
	path := []string{v.name()}
	for {
		if v.skip(".") {
			path = append(path, v.name())
		} else if v.skip("[") {
			key, _ := v.expression(live).(string)
			path = append(path, key)
			v.expect("]")
		} else {
			break
		}
	}
	v.expect("=")
	value := v.expression(live)
	v.expect(")")
	if !live {
		return
	}
	target := v.variables
	for _, name := range path[:len(path)-1] {
		target, _ = target[name].(map[string]any)
	}
	target[path[len(path)-1]] = value
}

func (v *velocity) condition(live bool) string {
	v.expect("(")
	value := v.expression(live)
	if v.spaces(); strings.HasPrefix(v.rest(), "==") || strings.HasPrefix(v.rest(), "!=") {
		equal := v.skip("==") || !v.skip("!=")
		value = (value == v.expression(live)) == equal
	}
	v.expect(")")
	holds := value != nil && value != false
	then, end := v.block(live && holds)
	if end != "else" {
		return map[bool]string{true: then}[holds]
	}
	otherwise, _ := v.block(live && !holds)
	return map[bool]string{true: then, false: otherwise}[holds]
}

func (v *velocity) loop(live bool) string {
	v.expect("(")
	v.expect("$")
	name := v.name()
	v.expect("in ")
	list, _ := v.expression(live).([]any)
	v.expect(")")
	body, after := v.at, 0
	var out strings.Builder
	for i, value := range list {
		v.at = body
		v.variables[name] = value
		v.variables["foreach"] = map[string]any{"hasNext": i < len(list)-1}
		text, _ := v.block(true)
		out.WriteString(text)
		after = v.at
	}
	if after == 0 {
		v.at = body
		v.block(false)
	}
	return out.String()
}

func (v *velocity) expression(live bool) any {
	v.spaces()
	switch c := v.text[v.at]; {
	case c == '$':
		value, _, _ := v.reference(live)
		return value
	case c == '"' || c == '\'':
		v.at++
		start := v.at
		for v.text[v.at] != c {
			// A reference in a string may have strings of its own.
			if c == '"' && v.text[v.at] == '$' {
				if at := v.at; true {
					if _, _, ok := v.reference(false); ok {
						continue
					}
					v.at = at
				}
			}
			v.at++
		}
		literal := v.text[start:v.at]
		v.at++
		if c == '"' && live {
			inner := &velocity{text: literal, variables: v.variables}
			literal, _ = inner.block(true)
		}
		return literal
	case c == '[':
		var list []any
		for v.at++; !v.skip("]"); v.spaces() {
			list = append(list, v.expression(live))
			v.spaces()
			v.skip(",")
		}
		return list
	case c >= '0' && c <= '9':
		digits := regexp.MustCompile(`^[0-9]+`).FindString(v.rest())
		v.at += len(digits)
		number, _ := strconv.Atoi(digits)
		return number
	}
	panic(fmt.Sprintf("not an expression: %.40q", v.rest()))
}

// reference is the value of $name.part.method("argument")[0]. It reports whether there is a reference at all.
func (v *velocity) reference(live bool) (value any, quiet, ok bool) {
	v.at++
	quiet = v.skip("!")
	name := v.name()
	if name == "" {
		return nil, false, false
	}
	value = v.variables[name]
	for {
		switch {
		case strings.HasPrefix(v.rest(), ".") && word.MatchString(v.text[v.at+1:]):
			v.at++
			part := v.name()
			if !v.skip("(") {
				inner, _ := value.(map[string]any)
				value = inner[part]
				continue
			}
			var arguments []any
			for !v.skip(")") {
				arguments = append(arguments, v.expression(live))
				v.spaces()
				v.skip(",")
			}
			if value = call(value, part, arguments, live); value == nil && live {
				live = false // the rest of a null reference
			}
		case strings.HasPrefix(v.rest(), "["):
			v.at++
			key := v.expression(live)
			v.expect("]")
			value = indexed(value, key)
		default:
			return value, quiet, true
		}
	}
}

// indexed is the element of a list or a map.
func indexed(of, key any) any {
	switch of := of.(type) {
	case []any:
		if index, _ := key.(int); index < len(of) {
			return of[index]
		}
	case map[string]any:
		name, _ := key.(string)
		return of[name]
	}
	return nil
}

// call calls a Java method.
func call(on any, name string, arguments []any, live bool) any {
	if on == nil || !live {
		return nil
	}
	switch on := on.(type) {
	case map[string]any:
		if own, ok := on[name].(method); ok {
			return own(arguments...)
		}
		switch name {
		case "keySet":
			var keys []any
			for _, key := range slices.Sorted(maps.Keys(on)) {
				keys = append(keys, key)
			}
			return keys
		case "get":
			return on[arguments[0].(string)]
		}
	case []any:
		if name == "size" {
			return len(on)
		}
	case string:
		switch name {
		case "replaceAll":
			return regexp.MustCompile(arguments[0].(string)).ReplaceAllString(on, arguments[1].(string))
		case "matches":
			return regexp.MustCompile(`^(?:` + arguments[0].(string) + `)$`).MatchString(on)
		case "split":
			return split(on, arguments)
		}
	}
	panic(fmt.Sprintf("%T has no method %s", on, name))
}

// split is Java's: without a limit it leaves out empty texts at the end.
func split(text string, arguments []any) []any {
	limit := -1
	if len(arguments) > 1 {
		limit = arguments[1].(int)
	}
	var parts []any
	for _, part := range strings.SplitN(text, arguments[0].(string), limit) {
		parts = append(parts, part)
	}
	for limit < 0 && len(parts) > 1 && parts[len(parts)-1] == "" {
		parts = parts[:len(parts)-1]
	}
	return parts
}

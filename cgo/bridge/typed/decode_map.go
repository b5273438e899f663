//go:build go1.21

package typed

import "reflect"

var (
	stringsType     = reflect.TypeOf(map[string]string(nil))
	stringListsType = reflect.TypeOf(map[string][]string(nil))
)

// decodeMap returns the function for maps from strings to values that are decoded in the same way.
func decodeMap(t reflect.Type, element *decodePlan) decodeFunc {
	switch t {
	case stringsType:
		return decodeStrings
	case stringListsType:
		return decodeStringLists
	}
	return func(d *decoder, i int, into reflect.Value) int {
		if d.at(i) != '{' {
			return d.null(i)
		}
		values := reflect.MakeMap(t)
		into.Set(values)
		key, value := reflect.New(t.Key()).Elem(), reflect.New(t.Elem()).Elem()
		i, more := d.first(i+1, '}')
		n := 0
		for ; more; n++ {
			name, start := d.key(i)
			if start < 0 {
				return -1
			}
			value.SetZero()
			i = element.decode(d, start, value)
			key.SetString(name)
			values.SetMapIndex(key, value)
			i, more = d.next(i, '}')
		}
		if n != values.Len() {
			return -1 // a name occurs twice
		}
		return i
	}
}

func decodeStrings(d *decoder, i int, into reflect.Value) int {
	if d.at(i) != '{' {
		return d.null(i)
	}
	values, end := mapOf(d, i, d.textOrNull)
	*into.Addr().Interface().(*map[string]string) = values
	return end
}

func decodeStringLists(d *decoder, i int, into reflect.Value) int {
	if d.at(i) != '{' {
		return d.null(i)
	}
	values, end := mapOf(d, i, d.texts)
	*into.Addr().Interface().(*map[string][]string) = values
	return end
}

// mapOf decodes the object at i, whose values one decodes.
func mapOf[T any](d *decoder, i int, one func(i int) (value T, end int)) (values map[string]T, end int) {
	values = map[string]T{}
	i, more := d.first(i+1, '}')
	n := 0
	for ; more; n++ {
		name, start := d.key(i)
		if start < 0 {
			return nil, -1
		}
		values[name], i = one(start)
		i, more = d.next(i, '}')
	}
	if n != len(values) {
		return nil, -1 // a name occurs twice
	}
	return values, i
}

// key decodes the name at i and returns where its value starts, or -1.
func (d *decoder) key(i int) (name string, value int) {
	name, end := d.text(i)
	if end < 0 {
		return "", -1
	}
	return name, d.colon(end)
}

// texts decodes the array of strings at i.
func (d *decoder) texts(i int) (texts []string, end int) {
	if d.at(i) != '[' {
		return nil, d.null(i)
	}
	return listOf(d, i, d.textOrNull)
}

// textOrNull decodes the string at i, or a null, which is an empty one.
func (d *decoder) textOrNull(i int) (text string, end int) {
	if text, end = d.text(i); end < 0 {
		end = d.null(i)
	}
	return text, end
}

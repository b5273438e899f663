package apiroutes

import "strings"

// Match finds the route of a request, whose path has been split and unescaped, and the parameters in its path. If
// several paths match, the one with the most specific segments counts: text, then a parameter, then one for the rest.
func Match(routes []Route, verb string, segments []string) (route Route, parameters map[string]string, ok bool) {
	best := ""
	for _, candidate := range routes {
		if candidate.Verb != verb && candidate.Verb != "ANY" {
			continue
		}
		found, rank, fits := match(Segments(candidate.Path), segments)
		if candidate.Verb == "ANY" {
			rank += "1" // a method of that verb takes precedence
		}
		if fits && (!ok || rank < best) {
			route, parameters, best, ok = candidate, found, rank, true
		}
	}
	return route, parameters, ok
}

// match compares a route's segments with a request's. The rank has one character per segment; a smaller rank is more
// specific.
func match(pattern, segments []string) (parameters map[string]string, rank string, ok bool) {
	parameters = map[string]string{}
	for i, part := range pattern {
		name, isParameter := strings.CutPrefix(strings.TrimSuffix(part, "}"), "{")
		rest, isRest := strings.CutSuffix(name, "+")
		switch {
		case i >= len(segments):
			return nil, "", false
		case isParameter && isRest:
			parameters[rest] = strings.Join(segments[i:], "/")
			return parameters, rank + "2", true
		case isParameter:
			parameters[name] = segments[i]
			rank += "1"
		case part != segments[i]:
			return nil, "", false
		default:
			rank += "0"
		}
	}
	return parameters, rank, len(pattern) == len(segments)
}

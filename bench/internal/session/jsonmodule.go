package session

import "context"

// JSONModule names the Python module that the runtime client decodes and encodes with: simplejson, as in Lambda, where
// the interpreter can import it together with its compiled half, or else the standard library's json.
func (s *Session) JSONModule(ctx context.Context) string {
	const check = "import simplejson.scanner as s, simplejson.encoder as e; " +
		"assert s.c_make_scanner and e.c_make_encoder"
	if _, err := s.Module.Output(ctx, "", s.Python.Path, "-c", check, "PYTHONDONTWRITEBYTECODE=1"); err != nil {
		return "json"
	}
	return "simplejson"
}

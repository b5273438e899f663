package stage

import "path"

// Shipped lists the shared libraries that the user adds to the package's lib folder, where Lambda looks for them.
func Shipped(extras []Extra) []string {
	var names []string
	for _, e := range extras {
		if path.Dir(e.Target) == "lib" {
			names = append(names, path.Base(e.Target))
		}
	}
	return names
}

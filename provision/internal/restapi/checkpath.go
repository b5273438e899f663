package restapi

import (
	"slices"
	"strings"

	"github.com/go-sparta/sparta/internal/apiroutes"
	"github.com/go-sparta/sparta/provision/internal/apipart"
)

// checkPaths checks each path, and then that paths do not contradict one another.
func (c *checker) checkPaths() {
	parameterAt := map[string]string{} // by the path before it: the first path that has a parameter there
	var checked []string
	for _, resource := range c.API.Resources {
		if resource == nil {
			continue
		}
		path := apiroutes.Normalized(resource.Path)
		if slices.Contains(checked, path) {
			continue
		}
		checked = append(checked, path)
		if err := apipart.CheckPath(path); err != nil {
			c.Reportf("path %s: %w", resource.Path, err)
			continue
		}
		before := ""
		for _, segment := range apiroutes.Segments(path) {
			if strings.HasPrefix(segment, "{") {
				other, taken := parameterAt[before]
				if taken && !strings.HasPrefix(other+"/", before+"/"+segment+"/") {
					c.Reportf("paths %s and %s have different parameters at the same position, but API Gateway "+
						"allows only one: use one name", other, path)
				}
				if !taken {
					parameterAt[before] = path
				}
			}
			before += "/" + segment
		}
	}
}

package mapping

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
)

// ofCluster is the ARN of a topic or a group of a cluster.
func ofCluster(cluster any, what, name string) any {
	if text, isText := cluster.(string); isText {
		return strings.Replace(text, ":cluster/", ":"+what+"/", 1) + "/" + name
	}
	return cloudformation.Join{Values: []any{
		cloudformation.Join{
			Separator: ":" + what + "/",
			Values:    cloudformation.Split{Separator: ":cluster/", Value: cluster},
		},
		"/" + name,
	}}
}

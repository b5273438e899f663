package httpapi

import (
	"strings"

	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/apipart"
	"github.com/go-sparta/sparta/sparta"
)

// Outputs returns the stack's outputs about an API, by name.
func Outputs(api *sparta.API) map[string]cloudformation.Output {
	if api.Stage == nil {
		return nil
	}
	own := api.RestAPIURL()
	if isWebSocket(api) {
		own = cloudformation.Sub("wss://" + strings.TrimPrefix(string(own), "https://"))
	}
	if api.Stage.Name != sparta.DefaultStage {
		own += cloudformation.Sub("/" + api.Stage.Name)
	}
	target := cloudformation.GetAtt{api.LogicalResourceName() + "Domain", "RegionalDomainName"}
	return apipart.Outputs(api, own, target)
}

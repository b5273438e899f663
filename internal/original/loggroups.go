package original

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/internal/existing"
	"github.com/go-sparta/sparta/sparta"
)

// addLogGroups adds the log groups of functions that do not exist yet, as functions of this module have them. A
// function that has been deployed without one may have logged already, and Lambda has made its group: CloudFormation
// could not create it again.
func addLogGroups(
	template *cloudformation.Template, functions map[string]existing.Function, live map[string]string,
) {
	for _, function := range functions {
		id := function.LogicalID + "LogGroup"
		if live[function.LogicalID] != "" && live[id] == "" || template.Resources[id] != nil {
			continue
		}
		resource := template.Resources[function.LogicalID]
		resource.DependsOn = append(resource.DependsOn, id)
		template.Resources[id] = &cloudformation.Resource{
			Type:                "AWS::Logs::LogGroup",
			DeletionPolicy:      cloudformation.Delete,
			UpdateReplacePolicy: cloudformation.Delete,
			Properties: map[string]any{
				"LogGroupName":    cloudformation.Sub("/aws/lambda/" + function.Name),
				"RetentionInDays": sparta.DefaultLogRetention,
			},
		}
	}
}

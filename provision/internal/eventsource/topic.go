package eventsource

import (
	"github.com/go-sparta/sparta/cloudformation"
	"github.com/go-sparta/sparta/provision/internal/show"
	"github.com/go-sparta/sparta/sparta"
)

// topic is an SNS topic that the function subscribes to.
type topic struct{ sparta.SNSPermission }

func (s topic) addTo(template *cloudformation.Template, target Target) error {
	what := "SNS" + identity(s.SourceArn)
	if err := addPermission(template, target, what, "sns.amazonaws.com", s.BasePermission); err != nil {
		return err
	}
	return template.Add(target.ID+what+"Subscription", &cloudformation.Resource{
		Type:      "AWS::SNS::Subscription",
		DependsOn: []string{target.ID + what + "Permission"},
		Properties: map[string]any{
			"TopicArn": s.SourceArn,
			"Protocol": "lambda",
			"Endpoint": target.arn(),
		},
	})
}

func (topic) statements(*cloudformation.Template) []map[string]any { return nil }

func (topic) permissions() []string {
	return append(permissionActions(), "sns:Subscribe", "sns:Unsubscribe", "sns:GetSubscriptionAttributes",
		"sns:SetSubscriptionAttributes")
}

func (s topic) neighbour() show.Neighbour {
	title := show.Expression(s.SourceArn)
	return show.Neighbour{Invokes: true, Name: title, Title: title, Subtitle: "SNS"}
}

func (s topic) facts() []show.Fact {
	return []show.Fact{{Name: "SNS topic", Value: show.Expression(s.SourceArn)}}
}

//lint:file-ignore SA1019 sessions of Sparta are the SDK v1's, as they always were

package provision

import (
	"fmt"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go/aws"
	cfn "github.com/aws/aws-sdk-go/service/cloudformation"
)

// holdings are what is lost with a resource of some type: data, or an address that others use. It is empty for
// types that have neither, which are described anew whenever they are made. A type that is not listed counts as
// having data.
var holdings = map[string]string{
	"AWS::AmplifyUIBuilder::Form":               "its design",
	"AWS::ApiGateway::ApiKey":                   "its key",
	"AWS::ApiGateway::DomainName":               "its address",
	"AWS::ApiGateway::RestApi":                  "its address",
	"AWS::ApiGateway::Stage":                    "its address",
	"AWS::ApiGatewayV2::Api":                    "its address",
	"AWS::ApiGatewayV2::DomainName":             "its address",
	"AWS::ApiGatewayV2::Stage":                  "its address",
	"AWS::AppSync::GraphQLApi":                  "its address",
	"AWS::Backup::BackupVault":                  "its backups",
	"AWS::CertificateManager::Certificate":      "its ARN, which others may use",
	"AWS::CloudFormation::Stack":                "all that it holds",
	"AWS::CloudFront::Distribution":             "its address",
	"AWS::CodeCommit::Repository":               "its history",
	"AWS::Cognito::IdentityPool":                "its identities",
	"AWS::Cognito::UserPool":                    "its users",
	"AWS::Cognito::UserPoolClient":              "its id and secret",
	"AWS::Cognito::UserPoolDomain":              "its address",
	"AWS::DocDB::DBCluster":                     "its data",
	"AWS::DynamoDB::GlobalTable":                "its items",
	"AWS::DynamoDB::Table":                      "its items",
	"AWS::EC2::EIP":                             "its address",
	"AWS::EC2::Instance":                        "its disks and address",
	"AWS::EC2::Volume":                          "its data",
	"AWS::ECR::Repository":                      "its images",
	"AWS::EFS::FileSystem":                      "its files",
	"AWS::ElastiCache::ReplicationGroup":        "its data",
	"AWS::ElasticLoadBalancingV2::LoadBalancer": "its address",
	"AWS::Elasticsearch::Domain":                "its documents",
	"AWS::Events::Archive":                      "its events",
	"AWS::Events::EventBus":                     "its ARN, which others may use",
	"AWS::IAM::AccessKey":                       "its key",
	"AWS::IAM::User":                            "its keys",
	"AWS::Kinesis::Stream":                      "its records",
	"AWS::KinesisFirehose::DeliveryStream":      "its records on the way",
	"AWS::KMS::Key":                             "all that it encrypts",
	"AWS::Lambda::Url":                          "its address",
	"AWS::Logs::LogGroup":                       "its logs",
	"AWS::MemoryDB::Cluster":                    "its data",
	"AWS::MSK::Cluster":                         "its records",
	"AWS::Neptune::DBCluster":                   "its data",
	"AWS::OpenSearchService::Domain":            "its documents",
	"AWS::RDS::DBCluster":                       "its data",
	"AWS::RDS::DBInstance":                      "its data",
	"AWS::Redshift::Cluster":                    "its data",
	"AWS::Route53::HostedZone":                  "its records and name servers",
	"AWS::Route53::RecordSet":                   "its address",
	"AWS::S3::Bucket":                           "its objects",
	"AWS::SecretsManager::Secret":               "its value",
	"AWS::SNS::Topic":                           "its subscriptions",
	"AWS::SQS::Queue":                           "its messages and address",
	"AWS::SSM::Parameter":                       "its value",
	"AWS::StepFunctions::StateMachine":          "its executions",
	"AWS::Timestream::Table":                    "its records",

	"AWS::ApiGateway::Account":                        "",
	"AWS::ApiGateway::Authorizer":                     "",
	"AWS::ApiGateway::BasePathMapping":                "",
	"AWS::ApiGateway::Deployment":                     "",
	"AWS::ApiGateway::GatewayResponse":                "",
	"AWS::ApiGateway::Method":                         "",
	"AWS::ApiGateway::Model":                          "",
	"AWS::ApiGateway::RequestValidator":               "",
	"AWS::ApiGateway::Resource":                       "",
	"AWS::ApiGateway::UsagePlan":                      "",
	"AWS::ApiGateway::UsagePlanKey":                   "",
	"AWS::ApiGatewayV2::ApiMapping":                   "",
	"AWS::ApiGatewayV2::Authorizer":                   "",
	"AWS::ApiGatewayV2::Deployment":                   "",
	"AWS::ApiGatewayV2::Integration":                  "",
	"AWS::ApiGatewayV2::IntegrationResponse":          "",
	"AWS::ApiGatewayV2::Model":                        "",
	"AWS::ApiGatewayV2::Route":                        "",
	"AWS::ApiGatewayV2::RouteResponse":                "",
	"AWS::ApplicationAutoScaling::ScalableTarget":     "",
	"AWS::ApplicationAutoScaling::ScalingPolicy":      "",
	"AWS::CDK::Metadata":                              "",
	"AWS::CloudFormation::CustomResource":             "",
	"AWS::CloudFormation::WaitCondition":              "",
	"AWS::CloudFormation::WaitConditionHandle":        "",
	"AWS::CloudFront::CachePolicy":                    "",
	"AWS::CloudFront::CloudFrontOriginAccessIdentity": "",
	"AWS::CloudFront::OriginAccessControl":            "",
	"AWS::CloudWatch::Alarm":                          "",
	"AWS::CloudWatch::Dashboard":                      "",
	"AWS::EC2::SecurityGroupEgress":                   "",
	"AWS::EC2::SecurityGroupIngress":                  "",
	"AWS::EFS::MountTarget":                           "",
	"AWS::Events::Rule":                               "",
	"AWS::IAM::InstanceProfile":                       "",
	"AWS::IAM::ManagedPolicy":                         "",
	"AWS::IAM::Policy":                                "",
	"AWS::IAM::Role":                                  "",
	"AWS::IAM::RolePolicy":                            "",
	"AWS::Lambda::Alias":                              "",
	"AWS::Lambda::CodeSigningConfig":                  "",
	"AWS::Lambda::EventInvokeConfig":                  "",
	"AWS::Lambda::EventSourceMapping":                 "",
	"AWS::Lambda::Function":                           "", // what it logs and where it is called have resources of their own
	"AWS::Lambda::LayerVersion":                       "",
	"AWS::Lambda::LayerVersionPermission":             "",
	"AWS::Lambda::Permission":                         "",
	"AWS::Lambda::Version":                            "",
	"AWS::Logs::MetricFilter":                         "",
	"AWS::Logs::ResourcePolicy":                       "",
	"AWS::Logs::SubscriptionFilter":                   "",
	"AWS::S3::BucketPolicy":                           "",
	"AWS::Scheduler::Schedule":                        "",
	"AWS::SecretsManager::ResourcePolicy":             "",
	"AWS::SNS::Subscription":                          "",
	"AWS::SNS::TopicPolicy":                           "",
	"AWS::SQS::QueuePolicy":                           "",
}

// holdingOf is what is lost with a resource of a type; empty if nothing is.
func holdingOf(kind string) string {
	if strings.HasPrefix(kind, "Custom::") {
		return ""
	}
	holding, known := holdings[kind]
	if !known {
		return "whatever it holds"
	}
	return holding
}

// lossesOf says, a line each, which resources with data or an address a change set would destroy.
func lossesOf(changes []*cfn.ResourceChange) []string {
	var losses []string
	for _, change := range changes {
		holding := holdingOf(aws.StringValue(change.ResourceType))
		fate := fateOf(change, changes)
		if holding == "" || fate == "" {
			continue
		}
		losses = append(losses, fmt.Sprintf("%s %s, and %s with it", resourceText(change.LogicalResourceId, change.ResourceType, change.PhysicalResourceId), fate, holding))
	}
	return losses
}

// resourceText names a resource: Queue (AWS::SQS::Queue, its-name).
func resourceText(id, kind, physical *string) string {
	text := aws.StringValue(id) + " (" + aws.StringValue(kind)
	if name := aws.StringValue(physical); name != "" {
		text += ", " + name
	}
	return text + ")"
}

// fateOf says what a change does to a resource that is there; empty if that stays.
func fateOf(change *cfn.ResourceChange, all []*cfn.ResourceChange) string {
	switch aws.StringValue(change.PolicyAction) {
	case cfn.PolicyActionRetain, cfn.PolicyActionReplaceAndRetain:
		return ""
	}
	switch aws.StringValue(change.Action) {
	case cfn.ChangeActionRemove:
		return "is removed"
	case cfn.ChangeActionDynamic:
		return "may be removed"
	case cfn.ChangeActionModify:
		switch aws.StringValue(change.Replacement) {
		case cfn.ReplacementTrue:
			return "is replaced"
		case cfn.ReplacementConditional:
			if !keepsIdentity(change, all) {
				return "may be replaced"
			}
		}
	}
	return ""
}

// keepsIdentity reports whether a replacement that CloudFormation thinks possible cannot happen: it would be needed
// only if the ARN or the name of another resource changed, which is modified and not replaced. So is each function
// URL whenever its function's code changes.
func keepsIdentity(change *cfn.ResourceChange, all []*cfn.ResourceChange) bool {
	return !slices.ContainsFunc(change.Details, func(detail *cfn.ResourceChangeDetail) bool {
		if detail.Target != nil && aws.StringValue(detail.Target.RequiresRecreation) == cfn.RequiresRecreationNever {
			return false
		}
		if detail.Target != nil && aws.StringValue(detail.Target.Attribute) != cfn.ResourceAttributeProperties {
			return false
		}
		cause, attribute, _ := strings.Cut(aws.StringValue(detail.CausingEntity), ".")
		if aws.StringValue(detail.Evaluation) != cfn.EvaluationTypeDynamic || attribute != "" && attribute != "Arn" {
			return true
		}
		return !slices.ContainsFunc(all, func(other *cfn.ResourceChange) bool {
			return aws.StringValue(other.LogicalResourceId) == cause && aws.StringValue(other.Action) == cfn.ChangeActionModify &&
				aws.StringValue(other.Replacement) == cfn.ReplacementFalse
		})
	}) && len(change.Details) > 0
}

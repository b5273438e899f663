package sparta

// The services that invoke functions or assume roles, as policies name them.
const (
	APIGatewayPrincipal           = "apigateway.amazonaws.com"
	CloudWatchEventsPrincipal     = "events.amazonaws.com"
	EC2Principal                  = "ec2.amazonaws.com"
	ElasticLoadBalancingPrincipal = "elasticloadbalancing.amazonaws.com"
	EventBridgePrincipal          = "events.amazonaws.com"
	KinesisFirehosePrincipal      = "firehose.amazonaws.com"
	LambdaPrincipal               = "lambda.amazonaws.com"
	SESPrincipal                  = "ses.amazonaws.com"
	SNSPrincipal                  = "sns.amazonaws.com"
)

const (
	// ProperName is the name of the framework.
	ProperName = "Sparta"
	// ScratchDirectory is the folder in which builds write, in the working directory.
	ScratchDirectory = ".sparta"
)

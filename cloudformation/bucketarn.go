package cloudformation

// S3ArnForBucket is the ARN of a bucket: of its name, or of an intrinsic that results in it, such as Ref("Uploads").
func S3ArnForBucket(bucket any) any { return bucketARN(bucket, "") }

// S3AllKeysArnForBucket is the ARN of all objects of a bucket: of its name, or of an intrinsic that results in it.
func S3AllKeysArnForBucket(bucket any) any { return bucketARN(bucket, "/*") }

func bucketARN(bucket any, keys string) any {
	return SubWith{
		Text:   "arn:${AWS::Partition}:s3:::${Bucket}" + keys,
		Values: map[string]any{"Bucket": bucket},
	}
}

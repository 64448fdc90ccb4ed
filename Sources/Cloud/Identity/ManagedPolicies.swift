/// The policies of AWS that have to do with containers, and a few that task roles often get.
///
/// Source: AWS Managed Policy Reference Guide, the version of each as given. Which to have:
/// surroundings.md section 3.1. Of the service-linked role of ECS and of AmazonECS_FullAccess, what
/// is about services that Drydock does not have is left out.
extension ManagedPolicy {
    static let containerPolicies: [ManagedPolicy] = execution + registry + services + others

    private static let execution = [
        ManagedPolicy(
            "AmazonECSTaskExecutionRolePolicy", in: "/service-role/",
            version: (1, "2017-11-16T18:48:22Z"),
            allow(
                """
                ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability
                ecr:GetDownloadUrlForLayer ecr:BatchGetImage logs:CreateLogStream logs:PutLogEvents
                """)),
        ManagedPolicy(
            "AmazonEC2ContainerServiceforEC2Role", in: "/service-role/",
            version: (7, "2023-03-06T22:19:04Z"),
            allow(
                """
                ec2:DescribeTags ecs:CreateCluster ecs:DeregisterContainerInstance
                ecs:DiscoverPollEndpoint ecs:Poll ecs:RegisterContainerInstance
                ecs:StartTelemetrySession ecs:UpdateContainerInstancesState ecs:Submit*
                ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability
                ecr:GetDownloadUrlForLayer ecr:BatchGetImage logs:CreateLogStream logs:PutLogEvents
                """),
            allow(
                "ecs:TagResource",
                if: """
                    {"StringEquals":{"ecs:CreateAction":["CreateCluster",\
                    "RegisterContainerInstance"]}}
                    """)),
        ManagedPolicy(
            "AmazonSSMManagedInstanceCore", version: (2, "2019-05-23T16:54:21Z"),
            allow(
                """
                ssm:DescribeAssociation ssm:GetDeployablePatchSnapshotForInstance ssm:GetDocument
                ssm:DescribeDocument ssm:GetManifest ssm:GetParameter ssm:GetParameters
                ssm:ListAssociations ssm:ListInstanceAssociations ssm:PutInventory
                ssm:PutComplianceItems ssm:PutConfigurePackageResult ssm:UpdateAssociationStatus
                ssm:UpdateInstanceAssociationStatus ssm:UpdateInstanceInformation
                """),
            allow(
                """
                ssmmessages:CreateControlChannel ssmmessages:CreateDataChannel
                ssmmessages:OpenControlChannel ssmmessages:OpenDataChannel
                """),
            allow(
                """
                ec2messages:AcknowledgeMessage ec2messages:DeleteMessage ec2messages:FailMessage
                ec2messages:GetEndpoint ec2messages:GetMessages ec2messages:SendReply
                """)),
    ]

    private static let reading = """
        ecr:GetAuthorizationToken ecr:BatchCheckLayerAvailability ecr:GetDownloadUrlForLayer
        ecr:GetRepositoryPolicy ecr:DescribeRepositories ecr:ListImages ecr:DescribeImages
        ecr:BatchGetImage ecr:GetLifecyclePolicy ecr:GetLifecyclePolicyPreview
        ecr:ListTagsForResource ecr:DescribeImageScanFindings
        """

    private static let writing =
        " ecr:InitiateLayerUpload ecr:UploadLayerPart ecr:CompleteLayerUpload ecr:PutImage"

    private static let registry = [
        ManagedPolicy(
            "AmazonEC2ContainerRegistryReadOnly", version: (3, "2019-12-10T20:56:32Z"),
            allow(reading)),
        ManagedPolicy(
            "AmazonEC2ContainerRegistryPowerUser", version: (3, "2019-12-10T20:48:08Z"),
            allow(reading + writing)),
        ManagedPolicy(
            "AmazonEC2ContainerRegistryPullOnly", version: (1, "2024-10-04T16:58:49Z"),
            allow(
                """
                ecr:GetAuthorizationToken ecr:BatchGetImage ecr:GetDownloadUrlForLayer
                ecr:BatchImportUpstreamImage
                """)),
        ManagedPolicy(
            "AmazonEC2ContainerRegistryFullAccess", version: (3, "2020-12-05T00:04:19Z"),
            allow("ecr:* cloudtrail:LookupEvents"),
            allow(
                "iam:CreateServiceLinkedRole",
                if: """
                    {"StringEquals":{"iam:AWSServiceName":["replication.ecr.amazonaws.com"]}}
                    """)),
    ]

    private static let services = [
        ManagedPolicy(
            "AmazonECSServiceRolePolicy", in: "/aws-service-role/",
            version: (13, "2025-11-14T21:04:09Z"),
            allow(
                """
                ec2:AttachNetworkInterface ec2:AssociateTrunkInterface ec2:CreateNetworkInterface
                ec2:CreateNetworkInterfacePermission ec2:DeleteNetworkInterface
                ec2:DeleteNetworkInterfacePermission ec2:Describe* ec2:DetachNetworkInterface
                ec2:DisassociateTrunkInterface
                elasticloadbalancing:DeregisterInstancesFromLoadBalancer
                elasticloadbalancing:DeregisterTargets elasticloadbalancing:Describe*
                elasticloadbalancing:RegisterInstancesWithLoadBalancer
                elasticloadbalancing:RegisterTargets route53:ChangeResourceRecordSets
                route53:CreateHealthCheck route53:DeleteHealthCheck route53:Get* route53:List*
                route53:UpdateHealthCheck servicediscovery:DeregisterInstance servicediscovery:Get*
                servicediscovery:List* servicediscovery:RegisterInstance
                servicediscovery:UpdateInstanceCustomHealthStatus
                """, sid: "ECSTaskManagement"),
            allow(
                """
                cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms cloudwatch:PutMetricAlarm
                """, on: "arn:aws:cloudwatch:*:*:alarm:*", sid: "CWAlarmManagement"),
            allow(
                "ec2:CreateTags", on: "arn:aws:ec2:*:*:network-interface/*", sid: "ECSTagging"),
            allow(
                "logs:CreateLogGroup logs:DescribeLogGroups logs:PutRetentionPolicy",
                on: "arn:aws:logs:*:*:log-group:/aws/ecs/*", sid: "CWLogGroupManagement"),
            allow(
                "logs:CreateLogStream logs:DescribeLogStreams logs:PutLogEvents",
                on: "arn:aws:logs:*:*:log-group:/aws/ecs/*:log-stream:*",
                sid: "CWLogStreamManagement"),
            allow(
                "servicediscovery:DiscoverInstances servicediscovery:DiscoverInstancesRevision",
                sid: "CloudMapResourceDiscovery")),
        ManagedPolicy(
            "AWSElasticLoadBalancingServiceRolePolicy", in: "/aws-service-role/",
            version: (7, "2021-08-26T19:01:48Z"),
            allow(
                """
                ec2:DescribeAddresses ec2:DescribeCoipPools ec2:DescribeInstances
                ec2:DescribeNetworkInterfaces ec2:DescribeSubnets ec2:DescribeSecurityGroups
                ec2:DescribeVpcs ec2:DescribeInternetGateways ec2:DescribeAccountAttributes
                ec2:DescribeClassicLinkInstances ec2:DescribeVpcClassicLink ec2:CreateSecurityGroup
                ec2:CreateNetworkInterface ec2:DeleteNetworkInterface ec2:GetCoipPoolUsage
                ec2:ModifyNetworkInterfaceAttribute ec2:AllocateAddress
                ec2:AuthorizeSecurityGroupIngress ec2:AssociateAddress ec2:DisassociateAddress
                ec2:AttachNetworkInterface ec2:DetachNetworkInterface ec2:AssignPrivateIpAddresses
                ec2:AssignIpv6Addresses ec2:ReleaseAddress ec2:UnassignIpv6Addresses
                ec2:DescribeVpcPeeringConnections logs:CreateLogDelivery logs:GetLogDelivery
                logs:UpdateLogDelivery logs:DeleteLogDelivery logs:ListLogDeliveries
                outposts:GetOutpostInstanceTypes
                """)),
        ManagedPolicy(
            "AWSApplicationAutoscalingECSServicePolicy", in: "/aws-service-role/",
            version: (1, "2017-10-25T23:53:08Z"),
            allow(
                """
                ecs:DescribeServices ecs:UpdateService cloudwatch:PutMetricAlarm
                cloudwatch:DescribeAlarms cloudwatch:DeleteAlarms
                """)),
        ManagedPolicy(
            "AmazonECSInfrastructureRolePolicyForLoadBalancers",
            version: (1, "2025-07-17T16:37:07Z"),
            allow(
                "elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeRules",
                sid: "ELBReadOperations"),
            allow(
                "elasticloadbalancing:ModifyListener",
                on: "arn:aws:elasticloadbalancing:*:*:listener/app/*/*/*",
                sid: "ALBModifyListeners"),
            allow(
                "elasticloadbalancing:ModifyListener",
                on: "arn:aws:elasticloadbalancing:*:*:listener/net/*/*/*",
                sid: "NLBModifyListeners"),
            allow(
                "elasticloadbalancing:ModifyRule",
                on: "arn:aws:elasticloadbalancing:*:*:listener-rule/app/*/*/*/*",
                sid: "ALBModifyRules")),
    ]

    private static let others = [
        ManagedPolicy("AdministratorAccess", version: (1, "2015-02-06T18:39:46Z"), allow("*")),
        ManagedPolicy(
            "AmazonECS_FullAccess", version: (20, "2023-01-04T16:26:05Z"),
            allow(
                """
                application-autoscaling:DeleteScalingPolicy
                application-autoscaling:DeregisterScalableTarget
                application-autoscaling:DescribeScalableTargets
                application-autoscaling:DescribeScalingActivities
                application-autoscaling:DescribeScalingPolicies
                application-autoscaling:PutScalingPolicy
                application-autoscaling:RegisterScalableTarget cloudformation:CreateStack
                cloudformation:DeleteStack cloudformation:DescribeStack*
                cloudformation:UpdateStack cloudwatch:DeleteAlarms cloudwatch:DescribeAlarms
                cloudwatch:GetMetricStatistics cloudwatch:PutMetricAlarm ec2:AssociateRouteTable
                ec2:AttachInternetGateway ec2:AuthorizeSecurityGroupIngress
                ec2:CreateInternetGateway ec2:CreateRoute ec2:CreateRouteTable
                ec2:CreateSecurityGroup ec2:CreateSubnet ec2:CreateVpc ec2:DeleteSubnet
                ec2:DeleteVpc ec2:Describe* ec2:DetachInternetGateway ec2:DisassociateRouteTable
                ec2:ModifySubnetAttribute ec2:ModifyVpcAttribute ecs:*
                elasticloadbalancing:CreateListener elasticloadbalancing:CreateLoadBalancer
                elasticloadbalancing:CreateRule elasticloadbalancing:CreateTargetGroup
                elasticloadbalancing:DeleteListener elasticloadbalancing:DeleteLoadBalancer
                elasticloadbalancing:DeleteRule elasticloadbalancing:DeleteTargetGroup
                elasticloadbalancing:DescribeListeners elasticloadbalancing:DescribeLoadBalancers
                elasticloadbalancing:DescribeRules elasticloadbalancing:DescribeTargetGroups
                events:DeleteRule events:DescribeRule events:ListRuleNamesByTarget
                events:ListTargetsByRule events:PutRule events:PutTargets events:RemoveTargets
                iam:ListAttachedRolePolicies iam:ListInstanceProfiles iam:ListRoles
                logs:CreateLogGroup logs:DescribeLogGroups logs:FilterLogEvents
                servicediscovery:CreatePrivateDnsNamespace servicediscovery:CreateService
                servicediscovery:DeleteService servicediscovery:GetNamespace
                servicediscovery:GetOperation servicediscovery:GetService
                servicediscovery:ListNamespaces servicediscovery:ListServices
                servicediscovery:UpdateService
                """),
            allow(
                "iam:PassRole",
                if: """
                    {"StringLike":{"iam:PassedToService":"ecs-tasks.amazonaws.com"}}
                    """),
            allow(
                "iam:CreateServiceLinkedRole",
                if: """
                    {"StringLike":{"iam:AWSServiceName":["autoscaling.amazonaws.com",\
                    "ecs.amazonaws.com","ecs.application-autoscaling.amazonaws.com",\
                    "spot.amazonaws.com","spotfleet.amazonaws.com"]}}
                    """)),
        ManagedPolicy(
            "CloudWatchLogsFullAccess", version: (3, "2025-05-20T17:07:06Z"),
            allow(
                "logs:* cloudwatch:GenerateQuery cloudwatch:GenerateQueryResultsSummary",
                sid: "CloudWatchLogsFullAccess")),
        ManagedPolicy(
            "AmazonS3ReadOnlyAccess", version: (3, "2023-08-10T21:31:39Z"),
            allow("s3:Get* s3:List* s3:Describe* s3-object-lambda:Get* s3-object-lambda:List*")),
        ManagedPolicy(
            "AmazonS3FullAccess", version: (2, "2021-09-27T20:16:37Z"),
            allow("s3:* s3-object-lambda:*")),
        ManagedPolicy(
            "AmazonSSMReadOnlyAccess", version: (1, "2015-05-29T17:44:19Z"),
            allow("ssm:Describe* ssm:Get* ssm:List*")),
    ]
}

@"%~dp0launch.cmd" bundle-network %*

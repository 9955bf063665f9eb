int cprofiles_placeholder(void){return 0;}
